// Fonts of the system in a lualatex document. A document without any of them is one for pdflatex.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "write/latex/scripts.hpp"
#include "write/latex/tex.hpp"

namespace cvgen::latex {

// A font as the file's name, which lualatex finds in folders that it is told.
struct Face {
  std::string file;  // "NotoSansHebrew-Bold.ttf"; must be safe in TeX
  int index = 0;     // in a collection
};

struct Family {
  Face regular;
  std::optional<Face> bold, italic, bold_italic;
};

// What \cvscript{name}{text} sets: the script's name, or with a number if no single font has all of its characters.
struct ScriptFont {
  std::string name;  // "hebrew", "chinese-2"
  const Script* script = nullptr;
  bool is_kin = false;  // of the template's typeface, and on its scale
  Family sans;
  std::optional<Family> serif;
};

struct Fonts {
  std::vector<ScriptFont> list;
  std::map<std::pair<const Script*, char32_t>, std::size_t> of;  // which of the list has a character
};

// The characters that need a font of a script.
using Wanted = std::map<const Script*, std::set<char32_t>>;

// The preamble lines that declare them, and what direction and line breaks need; each ends with a line break.
Tex font_declarations(const Fonts& fonts, model::Language language);

}  // namespace cvgen::latex
