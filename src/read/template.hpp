// template.xml -> Template.
#pragma once

#include <optional>
#include <string>

#include "diag/diagnostic.hpp"
#include "model/template.hpp"

namespace cvgen::read {

// `frame` is the text of preamble.tex. Throws std::logic_error on a malformed declaration: templates are part of the
// program.
model::Template template_of(std::string_view declaration, std::string_view frame);

}  // namespace cvgen::read
