#include "typeset/manifest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "text/cut.hpp"
#include "text/number.hpp"
#include "typeset/digest.hpp"

namespace cvgen::typeset {
namespace {

bool read_line(std::string_view line, Manifest& manifest) {
  const auto what = text::cut(line, ' ');
  if (what == "unusable") {
    manifest.usable = false;
  } else if (what == "prologue") {
    manifest.prologue = line;
  } else if (what == "format") {
    manifest.format_digest = line;
  } else if (what == "map") {
    manifest.tree_digest = line;
  } else if (what == "none") {
    manifest.stamps[std::string(line)] = std::nullopt;
  } else if (what == "stamp") {
    const auto size = text::number<std::uint64_t>(text::cut(line, ' ')), inode = text::number<std::uint64_t>(text::cut(line, ' '));
    const auto changed = text::number<std::int64_t>(text::cut(line, ' '));
    if (!size || !inode || !changed) return false;
    manifest.stamps[std::string(line)] = io::Stamp{*size, *inode, *changed};
  } else if (what == "found") {
    const auto tab = line.find('\t');
    if (tab == std::string_view::npos) return false;
    manifest.found.insert({std::string(line.substr(tab + 1)), std::string(line.substr(0, tab))});
  } else if (what == "absent") {
    manifest.absent.emplace(line);
  } else if (what == "glyph") {
    manifest.glyphs.emplace(line);
  } else {
    return false;
  }
  return true;
}

}  // namespace

bool Manifest::is_current() const {
  return std::all_of(stamps.begin(), stamps.end(), [](const auto& entry) { return io::stamp(entry.first) == entry.second; });
}

void Manifest::note(const Searches& searches, const std::string& cache) {
  for (const auto& one : searches.found) {
    if (one.path.starts_with(cache)) continue;
    found.insert(one);
    stamps.try_emplace(one.path, io::stamp(one.path));
  }
  absent.insert(searches.absent.begin(), searches.absent.end());
}

std::string write_manifest(const Manifest& manifest) {
  std::string text;
  const auto out = std::back_inserter(text);
  if (!manifest.usable) text += "unusable\n";
  fmt::format_to(out, "prologue {}\nformat {}\nmap {}\n", manifest.prologue, manifest.format_digest, manifest.tree_digest);
  for (const auto& [path, stamp] : manifest.stamps) {
    if (stamp) fmt::format_to(out, "stamp {} {} {} {}\n", stamp->size, stamp->inode, stamp->changed, path);
    else fmt::format_to(out, "none {}\n", path);
  }
  for (const auto& found : manifest.found) fmt::format_to(out, "found {}\t{}\n", found.type, found.path);
  for (const auto& names : manifest.absent) fmt::format_to(out, "absent {}\n", names);
  for (const auto& glyph : manifest.glyphs) fmt::format_to(out, "glyph {}\n", glyph);
  return digest(text) + '\n' + text;
}

std::optional<Manifest> read_manifest(std::string_view text) {
  const auto end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const auto own = text.substr(0, end);
  text.remove_prefix(end + 1);
  if (own != digest(text)) return std::nullopt;
  Manifest manifest;
  while (!text.empty()) {
    if (!read_line(text::cut(text, '\n'), manifest)) return std::nullopt;
  }
  return manifest;
}

}  // namespace cvgen::typeset
