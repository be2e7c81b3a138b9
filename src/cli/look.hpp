// Which template, with which settings.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "check/settings.hpp"
#include "cli/templates.hpp"
#include "diag/diagnostic.hpp"
#include "model/cv.hpp"
#include "model/template.hpp"

namespace cvgen::cli {

struct Look {
  model::Template look;
  model::ResolvedSettings settings;
  check::Bounds bounds;
};

// Throws UsageError if a word of --set is not KEY=VALUE.
void check_assignment(const std::string& word);

// The command line (`name` and KEY=VALUE words) goes before the CV's own choice. Settings in the CV are for the template
// that the CV names. Nothing if there is no such template.
std::optional<Look> choose_look(const model::Cv& cv, const Templates& templates, const std::optional<std::string>& name, const std::vector<std::string>& assignments, diag::Sink& sink);

// Whether the document is to be PDF/A.
inline bool is_pdfa(const Look& look) {
  const auto found = look.settings.find("pdfa");
  return found != look.settings.end() && found->second == "yes";
}

}  // namespace cvgen::cli
