// UTF-8, normal form and display width. Tables and algorithms are utf8proc's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cvgen::text {

// One decoded code point and the number of bytes it took.
struct Decoded {
  char32_t code_point;
  std::uint8_t length;
};

// The code point at the start of a non-empty text; nothing if the bytes there are not UTF-8 (RFC 3629: no surrogates,
// no overlong forms).
std::optional<Decoded> decode_beyond_ascii(std::string_view text);
inline std::optional<Decoded> decode(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  return lead < 0x80 ? Decoded{lead, 1} : decode_beyond_ascii(text);
}

// How many bytes at the start of a text are ASCII.
std::size_t ascii_prefix(std::string_view text);

// The offset of the first byte that is not UTF-8, or npos.
std::size_t find_invalid_utf8(std::string_view text);

std::string encode(char32_t code_point);
void append(std::string& text, char32_t code_point);

// Calls visit(code_point, offset) for each code point of a valid UTF-8 text.
template <class Visit>
void for_each(std::string_view text, Visit visit) {
  for (std::size_t i = 0; i < text.size();) {
    const auto decoded = decode(text.substr(i));
    if (!decoded) return;
    visit(decoded->code_point, i);
    i += decoded->length;
  }
}

// The most marks on one letter that a stream-safe text has (UAX #15, section 13).
constexpr std::size_t most_marks = 30;

// The offset of the mark that is one too many on its letter, or npos.
std::size_t find_too_many_marks(std::string_view text);

// Unicode Normalization Form C. What is not UTF-8 comes back as it was, and so does what has too many marks on a letter: to
// put those in order takes time that grows with the square of their number.
std::string nfc(std::string_view text);

// Unicode Normalization Form D: marks apart from their letters.
std::string nfd(std::string_view text);

// Normalization Form KC: also a shape of a letter becomes the letter.
std::string nfkc(std::string_view text);

// Columns that a code point takes in a terminal: 0 (combining), 1 or 2 (wide).
int width(char32_t code_point);
int width(std::string_view text);

bool is_combining(char32_t code_point);
// Controls, format and bidirectional controls: what would disturb a terminal or can't be seen.
bool is_invisible(char32_t code_point);

// Letters that are written from right to left.
bool is_right_to_left(char32_t code_point);

// Letters with the marks on them, and digits.
bool is_alphanumeric(char32_t code_point);
// Private use, controls, surrogates, and what has no character.
bool is_unassigned(char32_t code_point);
// The lower case of a letter that has one of its own.
char32_t lower(char32_t code_point);

// "GRINNING FACE"; for unassigned ones and the like "U+XXXX" alone is all there is: empty.
std::string character_name(char32_t code_point);
// "U+1F600 GRINNING FACE".
std::string describe(char32_t code_point);

}  // namespace cvgen::text
