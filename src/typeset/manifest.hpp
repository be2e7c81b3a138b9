// What the cache knows of a dumped format: what it was made from, and which files of the TeX installation runs with it use.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "io/store.hpp"
#include "typeset/searches.hpp"

namespace cvgen::typeset {

struct Manifest {
  bool usable = true;         // false: this preamble can't be dumped, and need not be tried again
  std::string prologue;       // TeX for what a format doesn't keep
  std::string format_digest;  // of the file
  std::string tree_digest;     // of what is in the closed tree; empty: there is none yet
  std::map<std::string, std::optional<io::Stamp>> stamps;  // of all that it depends on; nothing: must not be there
  std::set<Searches::Found> found;                         // what runs with it have used
  std::set<std::string> absent;                            // what they have looked for in vain, in the whole installation
  std::set<std::string> glyphs;                            // what they have put into PDFs, by the names of PostScript

  bool is_current() const;
  // All that TeX has looked for, but what is in the cache.
  void note(const Searches& searches, const std::string& cache);
};

std::string write_manifest(const Manifest& manifest);
// Nothing if these aren't the bytes of a whole manifest of this version.
std::optional<Manifest> read_manifest(std::string_view text);

}  // namespace cvgen::typeset
