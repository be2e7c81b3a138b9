#include "typeset/type1.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace cvgen;

namespace {

// As the book writes it, page 63.
std::string encrypted(const std::string& plain, unsigned short r) {
  std::string cipher;
  for (const unsigned char byte : plain) {
    const auto c = static_cast<unsigned char>(byte ^ (r >> 8));
    r = static_cast<unsigned short>((c + r) * 52845 + 22719);
    cipher.push_back(static_cast<char>(c));
  }
  return cipher;
}

std::string segment(char kind, const std::string& bytes) {
  const auto n = bytes.size();
  return std::string{'\x80', kind, static_cast<char>(n), static_cast<char>(n >> 8), static_cast<char>(n >> 16), static_cast<char>(n >> 24)} + bytes;
}

std::string glyph(const std::string& name, const std::string& code) {
  const auto charstring = encrypted("0000" + code, 4330);
  return "/" + name + " " + std::to_string(charstring.size()) + " RD " + charstring + " ND\n";
}

std::string font(const std::string& count, const std::string& glyphs, const std::string& before = "") {
  return segment(1, "%!PS-AdobeFont-1.0: Test\ncurrentfile eexec\n") +
         segment(2, encrypted("0000dup /Private 8 dict dup begin\n" + before + "2 index /CharStrings " + count + " dict dup begin\n" + glyphs + "end\nmark currentfile closefile\n", 55665)) +
         segment(1, "0000\ncleartomark\n") + "\x80\x03";
}

const std::string notdef = glyph(".notdef", "\x8B\x8B\r\x0E"), a = glyph("A", "/ND\nend\x0E"), b = glyph("B", "bb\x0E"), composite = glyph("Aacute", "xx\x0C\x06");

}  // namespace

TEST_CASE("a font keeps the glyphs that are named, and all else as it is") {
  CHECK(typeset::with_glyphs(font("3", notdef + a + b), {"A", "C"}) == font("2", notdef + a));
  CHECK(typeset::with_glyphs(font("3", notdef + a + b), {"B"}) == font("2", notdef + b));
  CHECK(typeset::with_glyphs(font("3", notdef + a + b), {"A", "B"}) == font("3", notdef + a + b));
  CHECK(typeset::with_glyphs(font("3", notdef + a + composite), {"A"}) == font("2", notdef + a));
}

namespace {

std::string subroutine(int number, const std::string& code) {
  const auto charstring = encrypted("0000" + code, 4330);
  return "dup " + std::to_string(number) + " " + std::to_string(charstring.size()) + " RD " + charstring + " NP\n";
}

// Numbers of one byte.
std::string number(int value) { return std::string(1, static_cast<char>(139 + value)); }

const std::string callsubr = "\x0A", return_ = "\x0B", endchar = "\x0E", callothersubr = "\x0C\x10", pop = "\x0C\x11", div_ = "\x0C\x0C", rlineto = "\x05";

}  // namespace

TEST_CASE("a font keeps the subroutines that its glyphs call, by their numbers") {
  const auto all = [&](std::initializer_list<int> kept, const std::string& code, const std::string& sixth = return_) {
    std::string subroutines = "/Subrs 12 array\n";
    for (int i = 0; i < 12; ++i) {
      if (kept.size() == 0 || std::find(kept.begin(), kept.end(), i) != kept.end()) subroutines += subroutine(i, i == 6 ? sixth : return_);
    }
    return font("2", notdef + glyph("A", code), subroutines + "ND\n");
  };
  const auto cut = [&](const std::string& code, const std::string& sixth = return_) { return typeset::with_glyphs(all({}, code, sixth), {"A"}); };
  CHECK(cut(endchar) == all({0, 1, 2, 3}, endchar));
  const auto direct = number(5) + callsubr + endchar;
  CHECK(cut(direct) == all({0, 1, 2, 3, 5}, direct));
  const auto nested = number(6) + callsubr + endchar, inner = number(9) + callsubr + return_;
  CHECK(cut(nested, inner) == all({0, 1, 2, 3, 6, 9}, nested, inner));
  // The number is the caller's, the call another subroutine's: how hints are replaced.
  const auto hints = number(8) + number(4) + callsubr + endchar;
  CHECK(cut(hints) == all({0, 1, 2, 3, 4, 8}, hints));
  const auto othersubr = number(7) + number(1) + number(3) + callothersubr + pop + callsubr + endchar;
  CHECK(cut(othersubr) == all({0, 1, 2, 3, 7}, othersubr));
  const auto divided = number(40) + number(4) + div_ + callsubr + endchar;
  CHECK(cut(divided) == all({0, 1, 2, 3, 10}, divided));
  const auto drawn = number(5) + number(6) + rlineto + number(11) + callsubr + endchar;
  CHECK(cut(drawn) == all({0, 1, 2, 3, 11}, drawn));
  // Numbers of two and of five bytes: 108 and 5.
  const auto wide = std::string("\xF7\x00\xFF\x00\x00\x00\x05", 7) + callsubr + endchar;
  CHECK(cut(wide) == all({0, 1, 2, 3, 5}, wide));
  // Two arrays, as fonts for printers of two resolutions have them.
  const auto twice = font("1", notdef, "/Subrs 1 array\n" + subroutine(9, return_) + "ND\n/Subrs 1 array\n" + subroutine(9, return_) + "ND\n");
  CHECK(typeset::with_glyphs(twice, {}) == twice);
}

TEST_CASE("a font that may need more, or is not what one expects, is left alone") {
  CHECK_FALSE(typeset::with_glyphs(font("3", notdef + a + composite), {"Aacute"}));
  CHECK_FALSE(typeset::with_glyphs(font("2", notdef + a, "/lenIV 0 def\n"), {"A"}));
  CHECK_FALSE(typeset::with_glyphs(font("2", notdef + a + "% more\n"), {"A"}));
  CHECK_FALSE(typeset::with_glyphs(font("1", "/A 99999999 RD x"), {"A"}));
  CHECK_FALSE(typeset::with_glyphs(font("1", "/A x RD x ND\n"), {"A"}));
  CHECK_FALSE(typeset::with_glyphs(font("1", "", "/CharStrings "), {"A"}));
  CHECK_FALSE(typeset::with_glyphs("%!PS-AdobeFont-1.0: in letters", {"A"}));
  const auto whole = font("2", notdef + a);
  for (std::size_t size = 0; size < whole.size() - segment(1, "0000\ncleartomark\n").size() - 2; ++size) CHECK_FALSE(typeset::with_glyphs(whole.substr(0, size), {"A"}));
}

TEST_CASE("the names in an encoding") {
  CHECK(typeset::names_in_encoding("% /no\n/Some [ /A/B /C.alt\t/D]% /no\n/.notdef] def") == typeset::GlyphNames{"Some", "A", "B", "C.alt", "D", ".notdef"});
}
