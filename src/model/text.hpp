// Text as its writer meant it: plain Unicode with inline marks. Never markup of any output format.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "diag/source.hpp"

namespace cvgen::model {

enum Mark : std::uint8_t { bold = 1, italic = 2, code = 4, subscript = 8, superscript = 16 };

// A stretch of text with the same marks and link. Blanks are collapsed, characters composed (NFC).
struct Run {
  std::string text;
  std::uint8_t marks = 0;   // Mark bits
  std::string href;         // empty: no link; "#id": an element of this CV
  diag::Span href_span;     // the address in the file
  diag::Span span;          // the character data in the file; for a line break the `<br/>`
  bool line_break = false;  // a forced line break; text is empty
};

struct Text {
  std::vector<Run> runs;
  diag::Span span;  // the element that holds it

  bool empty() const { return runs.empty(); }
};

// A value that stands in an attribute or as the whole text of an element, with its place.
struct Located {
  std::string value;
  diag::Span span;

  bool empty() const { return value.empty(); }
};

// The text alone, without marks; line breaks as blanks.
std::string plain(const Text& text);

}  // namespace cvgen::model
