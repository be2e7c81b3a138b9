#include "typeset/type1.hpp"

#include <doctest/doctest.h>

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
