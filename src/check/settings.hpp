// Settings as given -> settings as the template's frame takes them.
#pragma once

#include <optional>
#include <string>

#include "diag/diagnostic.hpp"
#include "model/cv.hpp"
#include "model/template.hpp"

namespace cvgen::check {

// The text for the placeholder, or nothing if the setting does not take this value.
std::optional<std::string> resolve(const model::SettingRule& rule, const std::string& value);
// A length in points, or a number; nothing if it isn't one.
std::optional<double> size_of(model::SettingType type, std::string_view value);
// What it takes, in words.
std::string allowed(const model::SettingRule& rule);

// How well a colour RRGGBB stands out from white paper, from 1 (not at all) to 21 (black): the contrast ratio of WCAG 2.2.
double contrast_on_white(std::string_view color);

// Later ones win. Reports unknown settings (E0602) and values outside what the template declares (E0603), such as a colour that
// nobody sees; those keep their default. Warns of a colour that is hard to read (W0602). A setting with an empty span comes
// from the command line.
model::ResolvedSettings settings(const model::Template& look, const std::vector<model::Setting>& given, diag::Sink& sink);

// How far fitting to pages may take settings, from the template or the CV's `tightest`; only what leaves room.
struct Bounds {
  model::ResolvedSettings tight;
  model::ResolvedSettings loose;
};
Bounds bounds(const model::Template& look, const std::vector<model::Setting>& given, const model::ResolvedSettings& resolved, diag::Sink& sink);

}  // namespace cvgen::check
