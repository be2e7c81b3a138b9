#include "proof/stream.hpp"

#include <algorithm>

#include "proof/expected.hpp"
#include "text/unicode.hpp"

namespace cvgen::proof {
namespace {

constexpr std::u32string_view ligatures[] = {U"ff", U"fi", U"fl", U"ffi", U"ffl", U"st", U"st"};
constexpr char32_t first_ligature = 0xFB00;
constexpr auto loose_mark = static_cast<char32_t>(loose_seam);
constexpr char32_t zero_width_space = 0x200B;

bool is_ligature(char32_t c) { return c >= first_ligature && c < first_ligature + std::size(ligatures); }
bool is_line_end(char32_t c) { return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029; }
bool is_hyphen(char32_t c) { return c == '-' || c == 0x2010 || c == 0x2011 || c == 0xAD; }
// Shapes of Arabic letters and the like, which some fonts have for characters.
bool is_shape(char32_t c) { return (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC); }
// Vowels and the like, from Hebrew to Arabic: readers go by their place on the page, a letter before or after their own.
bool is_loose_mark(char32_t c) { return c >= 0x0590 && c <= 0x08FF && text::is_combining(c); }
// After which a line may end within a word.
bool breaks(char32_t c) { return c == '/' || c == 0x2013 || c == 0x2014; }

}  // namespace

Stream stream(std::string_view text) {
  Stream result;
  std::uint8_t gap = 0;
  const auto add = [&](char32_t c) {
    if (is_loose_mark(c)) return;
    result.text += text::lower(c);
    result.written += c;
    result.before.push_back(gap);
    gap = 0;
  };
  text::for_each(text::nfc(text), [&](char32_t c, std::size_t) {
    if (c == loose_mark || c == zero_width_space) gap |= loose;
    else if (is_line_end(c)) gap |= line_end;
    else if (is_blank(c)) gap |= blank;
    else if (is_hyphen(c)) gap |= hyphen;
    else if (is_shape(c)) text::for_each(text::nfkc(text::encode(c)), [&](char32_t letter, std::size_t) { add(letter); });
    else if (is_ligature(c)) std::for_each(ligatures[c - first_ligature].begin(), ligatures[c - first_ligature].end(), add);
    else if (!text::is_invisible(c)) add(c);
  });
  result.before.push_back(gap);
  return result;
}

Seam judge(std::uint8_t wanted, std::uint8_t have, char32_t left, char32_t right) {
  const bool parted = (have & (blank | line_end)) != 0;
  if ((wanted & loose) != 0 || turns(left, right)) return Seam::sound;
  if ((wanted & (blank | line_end)) != 0) return parted ? Seam::sound : Seam::joined;
  // A mark begins no word, and pdftotext -raw puts each letter of such a word on a line.
  if (parted && (text::is_combining(right) || ((have & line_end) != 0 && text::is_right_to_left(right)))) return Seam::sound;
  if (parted && ((wanted & hyphen) != 0 || breaks(left) || is_wide(left) || is_wide(right))) return Seam::sound;
  const bool hyphened = (have & hyphen) != 0 && (wanted & hyphen) == 0;
  return hyphened ? Seam::hyphenated : parted ? Seam::split : Seam::sound;
}

bool is_blank(char32_t c) { return c == ' ' || c == '\t' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000; }
bool is_word(char32_t c) { return text::is_alphanumeric(c); }
bool is_wide(char32_t c) { return text::width(c) == 2; }

bool turns(char32_t left, char32_t right) { return text::is_right_to_left(left) != text::is_right_to_left(right); }

bool is_bullet(char32_t c) {
  constexpr std::u32string_view bullets = U"•◦▪·–‣∙○■□●*⁃◆◇►";
  return bullets.find(c) != std::u32string_view::npos;
}

bool is_meaningless(char32_t c) { return !is_line_end(c) && c != '\t' && (c == 0xFFFD || is_ligature(c) || text::is_unassigned(c)); }

}  // namespace cvgen::proof
