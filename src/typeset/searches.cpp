#include "typeset/searches.hpp"

#include <algorithm>

namespace cvgen::typeset {
namespace {

// What follows `start` in the line, up to `end`; empty if it isn't there.
std::string_view between(std::string_view line, std::string_view start, std::string_view end) {
  const auto at = line.find(start);
  if (at == std::string_view::npos) return {};
  line.remove_prefix(at + start.size());
  return line.substr(0, line.find(end));
}

template <class Take>
void split(std::string_view text, char separator, Take take) {
  while (!text.empty()) {
    const auto end = std::min(text.find(separator), text.size());
    if (end > 0) take(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

Searches read_searches(std::string_view words) {
  constexpr std::string_view returning = "kdebug:returning from ";
  Searches result;
  std::string type;
  std::string_view seen;  // paths repeat
  split(words, '\n', [&](std::string_view line) {
    if (line.starts_with("kdebug:kpse_find_file: searching for ")) {
      type = between(line, " of type ", " (from");
    } else if (line.starts_with("kdebug:start search(xname=texmf.cnf,")) {
      // All there are, of which it doesn't say what it found.
      split(between(line, ", path=", ")"), ':', [&](std::string_view folder) {
        if (folder.starts_with('/')) result.found.insert({std::string(folder) + "/texmf.cnf", ""});
      });
    } else if (line.starts_with("kdebug:start ")) {
      const auto path = between(line, ", path=", ")");
      if (path == seen) return;
      seen = path;
      split(path, ':', [&](std::string_view folder) {
        if (!folder.starts_with('/') || !folder.ends_with("//")) return;
        while (folder.size() > 1 && folder.ends_with('/')) folder.remove_suffix(1);
        result.unlisted.emplace(folder);
      });
    } else if (line.starts_with(returning)) {
      // "generic search([a a.tex]) => path" or "search(a) => path path"
      const auto arrow = line.find(") =>");
      if (arrow == std::string_view::npos) return;
      auto names = line.substr(0, arrow);
      names.remove_prefix(std::min(names.find('(') + 1, names.size()));
      if (names.starts_with('[') && names.ends_with(']')) names = names.substr(1, names.size() - 2);
      auto paths = line.substr(arrow + 4);
      if (paths.starts_with(' ')) paths.remove_prefix(1);
      if (paths.empty()) result.absent.emplace(names);
      // Within the search for a file it may look for files of its own, of which there may be several.
      const bool own = !line.substr(returning.size()).starts_with("generic") || names.ends_with("ls-R");
      const auto take = [&](std::string_view path) {
        if (path.starts_with('/')) result.found.insert({std::string(path), own ? std::string() : type});
      };
      if (own) split(paths, ' ', take);
      else take(paths);
    }
  });
  return result;
}

}  // namespace cvgen::typeset
