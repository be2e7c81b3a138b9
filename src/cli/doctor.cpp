#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "typeset/doctor.hpp"

namespace cvgen::cli {

Exit doctor(const Arguments& arguments) {
  const Session session(arguments);
  std::vector<std::string> files;
  for (const auto& name : template_names()) {
    for (const auto& requirement : find_template(name)->requirements) files.push_back(requirement.file);
  }
  bool well = true;
  std::string out;
  for (const auto& finding : typeset::examine(files)) {
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
