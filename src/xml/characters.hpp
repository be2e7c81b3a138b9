// Character classes of XML 1.0 (5th edition), sections 2.2 and 2.3, and what XSD makes of blanks.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace cvgen::xml {

constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

constexpr bool is_char(char32_t c) {
  return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) ||
         (c >= 0x10000 && c <= 0x10FFFF);
}

constexpr bool is_name_start(char32_t c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;  // nearly all there is
  struct Range { char32_t first, last; };
  constexpr Range ranges[] = {{':', ':'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}, {0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x2FF},
                              {0x370, 0x37D}, {0x37F, 0x1FFF}, {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
                              {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
  for (const auto& range : ranges) {
    if (c >= range.first && c <= range.last) return true;
  }
  return false;
}

constexpr bool is_name(char32_t c) {
  return is_name_start(c) || c == '-' || c == '.' || (c >= '0' && c <= '9') || c == 0xB7 || (c >= 0x300 && c <= 0x36F) ||
         (c >= 0x203F && c <= 0x2040);
}

// ASCII letters in capitals, for names whose case does not matter.
inline std::string upper(std::string_view name) {
  std::string result(name);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return result;
}

// How much of a text is known at a glance, eight bytes at a time, to hold no control and no two blanks in a row.
inline std::size_t even_prefix(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101U;
  constexpr std::uint64_t lows = ones * 0x7F;
  std::size_t i = 0;
  for (std::uint64_t bytes = 0; i + sizeof bytes <= text.size(); i += sizeof bytes) {
    std::memcpy(&bytes, text.data() + i, sizeof bytes);
    const auto other = bytes ^ (ones * ' ');
    const auto blanks = ~(((other & lows) + lows) | other | lows);  // the highest bit of each
    const auto above_controls = ((bytes & lows) + ones * 0x60) | bytes;
    if ((~above_controls & ~lows) != 0 || (blanks & (blanks << 8U)) != 0) break;
    if (i > 0 && text[i] == ' ' && text[i - 1] == ' ') break;
  }
  return i;
}

// Blanks at the ends gone, runs of blanks made one: XSD's whitespace facet `collapse`.
inline std::string collapse(std::string_view value) {
  std::string result;
  for (const char c : value) {
    if (!is_blank(c)) result += c;
    else if (!result.empty() && result.back() != ' ') result += ' ';
  }
  if (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

// The same, copied into the buffer only if that changes it.
inline std::string_view collapse(std::string_view value, std::string& buffer) {
  bool after_blank = true;
  for (const char c : value) {
    if (is_blank(c) && (after_blank || c != ' ')) return buffer = collapse(value);
    after_blank = c == ' ';
  }
  return after_blank && !value.empty() ? buffer = collapse(value) : value;
}

}  // namespace cvgen::xml
