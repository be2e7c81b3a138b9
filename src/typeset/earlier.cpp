#include "typeset/earlier.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "text/cut.hpp"

namespace cvgen::typeset {

Memory earlier_files(const Memory& measured, const std::vector<bool>& kept_sections, int pages) {
  Memory result;
  const auto count = std::count(kept_sections.begin(), kept_sections.end(), true);
  auto& aux = result["cv.aux"];
  if (const auto found = measured.find("cv.aux"); found != measured.end()) {
    // What every document writes. Not what tells of pages: the measured one had none.
    for (std::string_view rest = found->second; !rest.empty();) {
      const auto line = rest.substr(0, rest.find('\n') + 1);
      rest.remove_prefix(line.empty() ? rest.size() : line.size());
      if (!line.starts_with("\\@writefile")) aux += line;
    }
  }
  aux += fmt::format("\\newlabel{{lastpage}}{{{{}}{{{0}}}{{}}{{section*.{1}}}{{}}}}\n\\gdef \\@abspage@last{{{0}}}\n", pages, count);
  const auto found = measured.find("cv.out");
  if (found == measured.end()) return result;
  // \BOOKMARK [1][]{section*.1}{title}{}% 1: one line for each section.
  constexpr std::string_view start = "\\BOOKMARK [1][]{section*.", protect = "\\protect ";
  std::string_view rest = found->second;
  auto& out = result["cv.out"];
  std::size_t section = 0, number = 0;
  while (!rest.empty()) {
    auto line = text::cut(rest, '\n');
    const auto before = line.starts_with(protect) ? protect : std::string_view();  // in a box TeX writes it so
    line.remove_prefix(before.size());
    const auto title = line.find("}{");
    const auto end = line.rfind("{}%");
    if (!line.starts_with(start) || title == std::string_view::npos || end == std::string_view::npos || section >= kept_sections.size()) return {};
    if (kept_sections[section++]) {
      ++number;
      out += fmt::format("{}{}{}{}{{}}% {}\n", before, start, number, line.substr(title, end - title), number);
    }
  }
  return result;
}

}  // namespace cvgen::typeset
