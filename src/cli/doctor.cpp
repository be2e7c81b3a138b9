#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "typeset/doctor.hpp"

namespace cvgen::cli {

Exit doctor(const Arguments&) {
  std::vector<model::Template> templates;
  for (const auto& name : template_names()) templates.push_back(*find_template(name));
  std::vector<typeset::Wanted> wanted;
  for (const auto& look : templates) {
    for (const auto& file : look.required_files) wanted.push_back({file, true, look.name});
  }
  bool well = true;
  std::string out;
  for (const auto& finding : typeset::examine(wanted)) {
    const auto mark = finding.ok ? "ok     " : finding.needed ? "MISSING" : "missing";
    out += fmt::format("{}  {}{}{}\n", mark, finding.what, finding.detail.empty() ? "" : ": ", finding.detail);
    if (!finding.ok && !finding.cure.empty()) out += fmt::format("         = help: {}\n", finding.cure);
    well = well && (finding.ok || !finding.needed);
  }
  out += well ? "all is there\n" : "rendering will not work until this is mended\n";
  print(out);
  return well ? Exit::ok : Exit::world;
}

}  // namespace cvgen::cli
