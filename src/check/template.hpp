// Rules for a template of a person's own. cvgen's templates are held to them by a test.
#pragma once

#include "diag/diagnostic.hpp"
#include "model/template.hpp"

namespace cvgen::check {

// Of template.xml: settings whose values, bounds and default fit together (E0605).
void declaration(const model::Template& look, diag::Sink& sink);

// Of preamble.tex: placeholders that are known (E0606), lines that cvgen fills or looks for (E0607).
void frame(const model::Template& look, diag::Sink& sink);

// Of preamble.tex, for a letter: that it knows letters, as templates copied by older versions do not (E0607).
void letter_frame(const model::Template& look, diag::Sink& sink);

}  // namespace cvgen::check
