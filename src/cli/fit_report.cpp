#include "cli/fit_report.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

namespace cvgen::cli {
namespace {

std::string weight_words(int weight) { return weight == select::must ? "must" : std::to_string(weight); }

}  // namespace

std::string fit_words(const std::string& name, const Fitting& fitting, bool verbose) {
  auto result = fmt::format("{}: {} {}, {:.0f} % full", name, fitting.pages.count, fitting.pages.count == 1 ? "page" : "pages", std::floor(fitting.full * 100));
  if (fitting.left_out.empty()) result += "; nothing left out";
  else result += fmt::format("; left out {} of {} items{}", fitting.left_out.size(), fitting.units, verbose ? "" : " (use -v to list)");
  if (!verbose) return result;
  for (const auto& changed : fitting.changed) result += fmt::format("\n  {}: {} instead of {}", changed.setting, changed.to, changed.from);
  for (const auto& unit : fitting.left_out) result += fmt::format("\n  left out: {}:{}, weight {}: {}", unit.file, unit.line, weight_words(unit.weight), unit.name);
  return result;
}

std::string fit_json(const std::string& file, const std::string& variant, const Fitting& fitting, int tex_runs) {
  nlohmann::ordered_json left_out = nlohmann::json::array();
  for (const auto& unit : fitting.left_out) left_out.push_back({{"file", unit.file}, {"line", unit.line}, {"name", unit.name}, {"weight", unit.weight}});
  nlohmann::ordered_json changed = nlohmann::ordered_json::object();
  for (const auto& one : fitting.changed) changed[one.setting] = {{"from", one.from}, {"to", one.to}};
  nlohmann::ordered_json report;
  report["file"] = file;
  report["variant"] = variant;
  report["pages"] = fitting.pages.count;
  report["full"] = std::round(fitting.full * 1000) / 1000;
  report["left_out"] = left_out;
  report["of"] = fitting.units;
  report["changed"] = changed;
  report["tex_runs"] = tex_runs;
  return report.dump();
}

}  // namespace cvgen::cli
