// The fonts of the system, by fontconfig: which of them has given characters.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cvgen::typeset {

struct FontFile {
  std::string path;
  int index = 0;  // in a collection
};

struct FontFamily {
  std::string name;  // "Noto Sans Hebrew"
  FontFile regular;
  std::optional<FontFile> bold, italic, bold_italic;
  std::set<char32_t> characters;  // of the regular one
};

// Families with this character that TeX can load: outlines in OpenType or TrueType files with plain names, no variable or
// coloured ones. The `preferred` ones first, in that order, then by name. Nothing if `fc-list` is not installed.
std::optional<std::vector<FontFamily>> families_with(char32_t character, const std::vector<std::string>& preferred);

}  // namespace cvgen::typeset
