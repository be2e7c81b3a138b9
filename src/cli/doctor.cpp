#include <fmt/format.h>

#include <map>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/engine.hpp"
#include "cli/session.hpp"
#include "cli/warm.hpp"
#include "typeset/doctor.hpp"
#include "typeset/fonts.hpp"
#include "write/latex/scripts.hpp"

namespace cvgen::cli {

namespace {

typeset::Finding examine_font(const latex::Script& script) {
  typeset::Finding finding{font_for(script), false, false, "not found", fmt::format("on Debian and Ubuntu: `sudo apt-get install --no-install-recommends {}`", script.package)};
  const auto families = typeset::families_with(script.sample, script.sans);
  if (families && !families->empty()) finding = {finding.what, true, false, families->front().name, {}};
  return finding;
}

}  // namespace

Exit doctor(const Arguments& arguments) {
  if (!arguments.has("warm") && !arguments.operands.empty()) throw UsageError(fmt::format("`cvgen doctor` has no use for `{}`", arguments.operands.front()), "`--warm` takes CVs");
  struct Use {
    bool needed = false;  // by the template of who names none
    std::string templates;
  };
  std::map<std::string, Use> uses;
  for (const auto& name : template_names()) {
    const auto look = find_template(name);
    for (const auto& file : look->required_files) {
      auto& use = uses[file];
      use.needed = use.needed || name == default_template;
      use.templates += (use.templates.empty() ? "the template " : ", ") + name;
    }
    for (const auto& rule : look->settings) {
      for (const auto& value : rule.values) {
        if (!value.font.empty()) uses[value.font] = {false, fmt::format("{}={} with lualatex", rule.name.value, value.name.value)};
      }
    }
  }
  std::vector<typeset::Wanted> wanted;
  for (const auto& [file, use] : uses) wanted.push_back({file, use.needed, use.templates});
  bool well = true;
  std::string out;
  auto findings = typeset::examine(wanted);
  for (auto& finding : typeset::examine_lualatex()) findings.push_back(std::move(finding));
  for (const auto& script : latex::scripts()) {
    if (script.sample != 0) findings.push_back(examine_font(script));
  }
  for (const auto& finding : findings) {
    const auto mark = finding.ok ? "ok     " : finding.needed ? "MISSING" : "missing";
    out += fmt::format("{}  {}{}{}\n", mark, finding.what, finding.detail.empty() ? "" : ": ", finding.detail);
    if (!finding.ok && !finding.cure.empty()) out += fmt::format("         = help: {}\n", finding.cure);
    well = well && (finding.ok || !finding.needed);
  }
  out += well ? "all is there\n" : "rendering will not work until this is mended\n";
  print(out);
  if (well && arguments.has("warm")) return warm(arguments);
  return well ? Exit::ok : Exit::world;
}

}  // namespace cvgen::cli
