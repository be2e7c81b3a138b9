// Text as a sequence of visible characters and the seams between them, so that two texts can be compared whatever their
// lines and columns.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cvgen::proof {

// What stands before a character; bits.
enum Gap : std::uint8_t {
  blank = 1,
  line_end = 2,
  hyphen = 4,  // hyphens are no characters: at the end of a line some readers take them for hyphenation, and away
  loose = 8,   // see loose_seam
};

struct Stream {
  std::u32string text;               // composed (NFC), lower case, ligatures as letters, without the marks of Hebrew and Arabic
  std::u32string written;            // the same as it was
  std::vector<std::uint8_t> before;  // of each character; one more for the end
};

// Characters that nobody sees (of direction, of joining) are left out.
Stream stream(std::string_view text);

enum class Seam { sound, joined, split, hyphenated };

// What is wrong between two characters that are neighbours in both texts.
Seam judge(std::uint8_t wanted, std::uint8_t have, char32_t left, char32_t right);

// Of whatever width.
bool is_blank(char32_t c);
// Letters, digits and what belongs to them.
bool is_word(char32_t c);
// Chinese, Japanese and Korean, which are written without blanks.
bool is_wide(char32_t c);
// Where letters from right to left meet anything else. Blanks and signs may be read on either side of it.
bool turns(char32_t left, char32_t right);
// Whether it begins a list item, as printed by one template or another.
bool is_bullet(char32_t c);

// Private use, not assigned, controls, U+FFFD, ligatures: what means nothing to whoever reads a text.
bool is_meaningless(char32_t c);

}  // namespace cvgen::proof
