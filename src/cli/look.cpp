#include "cli/look.hpp"

#include <fmt/format.h>

#include "check/settings.hpp"
#include "cli/session.hpp"
#include "text/similar.hpp"

namespace cvgen::cli {

void check_assignment(const std::string& word) {
  const auto equals = word.find('=');
  if (equals == 0) throw UsageError(fmt::format("`--set {}` has no name", word), "write `--set NAME=VALUE`; `cvgen list settings` shows names and values");
  if (equals == std::string::npos) throw UsageError(fmt::format("`--set {}` has no value", word), "write `--set NAME=VALUE`; `cvgen list settings` shows names and values");
}

std::optional<Look> choose_look(const model::Cv& cv, const Templates& templates, const std::optional<std::string>& name, const std::vector<std::string>& assignments, diag::Sink& sink) {
  const auto own = cv.template_name.empty() ? std::string(default_template) : cv.template_name.value;
  const auto wanted = name.value_or(own);
  if (!templates.known(wanted)) {
    auto diagnostic = name || cv.template_name.empty() ? diag::nowhere(diag::Code::E0601, fmt::format("there is no template `{}`", wanted))
                                                       : diag::at(cv.template_name.span, diag::Code::E0601, fmt::format("there is no template `{}`", wanted));
    const auto names = templates.names();
    sink.add(std::move(diagnostic).helps(text::similar_or("template", wanted, names, "`cvgen list templates` shows them")));
    return std::nullopt;
  }
  auto look = templates.take(wanted, sink);
  if (!look) return std::nullopt;
  std::vector<model::Setting> given;
  if (wanted == own) given = cv.settings;
  for (const auto& word : assignments) {
    const auto equals = word.find('=');
    given.push_back({{word.substr(0, equals), {}}, {word.substr(equals + 1), {}}, {}});
  }
  auto settings = check::settings(*look, given, sink);
  auto bounds = check::bounds(*look, given, settings, sink);
  return Look{std::move(*look), std::move(settings), std::move(bounds)};
}

}  // namespace cvgen::cli
