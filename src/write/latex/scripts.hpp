// Scripts that lualatex sets in fonts of the system: latex-templates/scripts.tsv, embedded.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/cv.hpp"

namespace cvgen::latex {

struct Script {
  std::string_view name;     // "hebrew"
  char32_t sample = 0;       // a character that every font for it has; 0: there is none
  std::string_view tag;      // of OpenType: "hebr"; may be empty
  bool right_to_left = false;
  std::string_view locale;   // of babel, for scripts whose lines break between characters; else empty
  std::string_view package;  // of Debian, with a font
  std::vector<std::string> sans, serif;  // families, first choice first
  std::vector<std::pair<char32_t, char32_t>> ranges;
};

std::span<const Script> scripts();

// A stretch of text in one script; without one it is set in the template's own font.
struct Segment {
  std::string_view text;
  const Script* script = nullptr;
};

// All of the text, in order. Ideographs belong to the script of the kana or hangul beside them, else to the language's.
// A single Greek letter is a sign, which has no script.
std::vector<Segment> segments(std::string_view text, model::Language language);

// The offsets of the characters that no font can have or that do nothing here: private use, unassigned, invisible without
// need.
std::vector<std::size_t> unsettable(std::string_view text, model::Language language);

// Joiners, variation selectors and direction marks: they act on their neighbours, and no font needs to have them.
bool is_format_mark(char32_t code_point);

}  // namespace cvgen::latex
