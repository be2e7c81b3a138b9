// Settings as given -> settings as the template's frame takes them.
#pragma once

#include "diag/diagnostic.hpp"
#include "model/cv.hpp"
#include "model/template.hpp"

namespace cvgen::check {

// Later ones win. Reports unknown settings (E0602) and values outside what the template declares (E0603); those keep
// their default. A setting with an empty
// span comes from the command line.
model::ResolvedSettings settings(const model::Template& look, const std::vector<model::Setting>& given, diag::Sink& sink);

// How far fitting to pages may take settings, from the template or the CV's `tightest`; only what leaves room.
struct Bounds {
  model::ResolvedSettings tight;
  model::ResolvedSettings loose;
};
Bounds bounds(const model::Template& look, const std::vector<model::Setting>& given, const model::ResolvedSettings& resolved, diag::Sink& sink);

}  // namespace cvgen::check
