#include "typeset/type1.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "font_maker.hpp"

using namespace cvgen;
using namespace font_maker;

namespace {

const std::string notdef = glyph(".notdef", "\x8B\x8B\r\x0E"), a = glyph("A", "/ND end\x0E"), b = glyph("B", "bb\x0E"), composite = glyph("Aacute", "xx\x0C\x06");

}  // namespace

TEST_CASE("a font keeps the glyphs that are named, and all else as it is") {
  CHECK(typeset::with_glyphs(font("3", notdef + a + b), {"A", "C"}) == font("2", notdef + a));
  CHECK(typeset::with_glyphs(font("3", notdef + a + b), {"B"}) == font("2", notdef + b));
  CHECK(typeset::with_glyphs(font("3", notdef + a + b), {"A", "B"}) == font("3", notdef + a + b));
  CHECK(typeset::with_glyphs(font("3", notdef + a + composite), {"A"}) == font("2", notdef + a));
}

TEST_CASE("names of the encoding that a font has of its own") {
  using Names = typeset::GlyphNames;
  CHECK(typeset::names_in_font("/FontName /Signs def\n/Encoding 256 array\ndup 66 /Letter put\ndup 67 /.notdef put\nreadonly def\ncurrentfile eexec\ndup 68 /Fax put\n") == Names{"Letter", ".notdef"});
  CHECK(typeset::names_in_font("/Encoding StandardEncoding def\ncurrentfile eexec\n/Encoding 256 array\ndup 66 /Letter put\n").empty());
  CHECK(typeset::names_in_font("/Encoding 256 array\ndup 66 Letter put\n").empty());
}

namespace {

const std::string hints = number(1) + number(3) + callothersubr + pop + callsubr + return_;

// A font whose glyph A is `code`, with these subroutines.
std::string with_subroutines(const std::string& code, const std::vector<std::string>& subroutines) {
  std::string all = "/Subrs " + std::to_string(subroutines.size()) + " array\n";
  for (std::size_t i = 0; i < subroutines.size(); ++i) all += subroutine(static_cast<int>(i), subroutines[i]);
  return font("2", notdef + glyph("A", code), all + "ND\n");
}

// Twelve, of which the fourth and the sixth may be given.
std::vector<std::string> twelve(const std::string& fourth = return_, const std::string& sixth = return_) {
  std::vector<std::string> result;
  for (int i = 0; i < 12; ++i) result.push_back(number(i) + rlineto + return_);
  result[4] = fourth;
  result[6] = sixth;
  return result;
}

std::vector<std::string> chosen(const std::vector<std::string>& all, std::initializer_list<std::size_t> numbers) {
  std::vector<std::string> result;
  for (const auto i : numbers) result.push_back(all[i]);
  return result;
}

}  // namespace

TEST_CASE("a font keeps the subroutines that its glyphs call, without gaps") {
  const auto cut = [](const std::string& code, const std::vector<std::string>& all = twelve()) { return typeset::with_glyphs(with_subroutines(code, all), {"A"}); };
  // The first five are there in any case.
  CHECK(cut(endchar) == with_subroutines(endchar, chosen(twelve(), {0, 1, 2, 3, 4})));
  CHECK(cut(number(5) + callsubr + endchar) == with_subroutines(number(5) + callsubr + endchar, chosen(twelve(), {0, 1, 2, 3, 4, 5})));
  CHECK(cut(number(11) + callsubr + number(8) + callsubr + endchar) == with_subroutines(number(6) + callsubr + number(5) + callsubr + endchar, chosen(twelve(), {0, 1, 2, 3, 4, 8, 11})));
  // One that calls another.
  auto inner = twelve(return_, number(9) + callsubr + return_);
  auto kept = chosen(inner, {0, 1, 2, 3, 4, 6, 9});
  kept[5] = number(6) + callsubr + return_;
  CHECK(cut(number(6) + callsubr + endchar, inner) == with_subroutines(number(5) + callsubr + endchar, kept));
  // The fourth calls the one whose number is before its own, if it is as usual; else it is one like the others.
  CHECK(cut(number(8) + number(4) + callsubr + endchar, twelve(hints)) == with_subroutines(number(5) + number(4) + callsubr + endchar, chosen(twelve(hints), {0, 1, 2, 3, 4, 8})));
  CHECK(cut(number(8) + number(4) + callsubr + endchar) == with_subroutines(number(8) + number(4) + callsubr + endchar, chosen(twelve(), {0, 1, 2, 3, 4})));
  const auto spelled_out = [](int called) { return number(called) + number(1) + number(3) + callothersubr + pop + callsubr + endchar; };
  CHECK(cut(spelled_out(7)) == with_subroutines(spelled_out(5), chosen(twelve(), {0, 1, 2, 3, 4, 7})));
  // Numbers of two and of five bytes, of which one is enough after that: 108 and 7.
  CHECK(cut(std::string("\xF7\x00\xFF\x00\x00\x00\x07", 7) + callsubr + endchar) == with_subroutines("\xF7" + std::string(1, '\0') + number(5) + callsubr + endchar, chosen(twelve(), {0, 1, 2, 3, 4, 7})));
}

TEST_CASE("a font of which it can't be told what its glyphs call keeps all subroutines") {
  const auto kept = [](const std::string& code, const std::vector<std::string>& all = twelve()) { return typeset::with_glyphs(with_subroutines(code, all), {"A"}) == with_subroutines(code, all); };
  CHECK(kept(number(12) + callsubr + endchar));
  CHECK(kept(number(4) + callsubr + endchar, twelve(hints)));
  for (const auto& code : {callsubr, number(5) + number(1) + div_ + callsubr, number(5) + number(1) + number(2) + callothersubr + pop + callsubr}) {
    CHECK_FALSE(typeset::with_glyphs(with_subroutines(code, twelve()), {"A"}));
  }
  CHECK_FALSE(typeset::with_glyphs(with_subroutines("\xFF", twelve()), {"A"}));
  // Two arrays, as fonts for printers of two resolutions have them.
  const auto twice = font("1", notdef, "/Subrs 1 array\n" + subroutine(9, return_) + "ND\n/Subrs 1 array\n" + subroutine(9, return_) + "ND\n");
  CHECK(typeset::with_glyphs(twice, {}) == twice);
  // Not one by one.
  const auto odd = font("1", notdef, "/Subrs 1 array\n dup 0 5 RD 12345 NP\nND\n");
  CHECK(typeset::with_glyphs(odd, {}) == odd);
}

TEST_CASE("what a PDF has of a font comes out the same, whatever was left out of it before") {
  const auto code = number(11) + callsubr + endchar;
  const auto all = with_subroutines(code, twelve());
  auto with_stubs = twelve();
  for (const std::size_t unused : {5, 6, 7, 8, 9, 10}) with_stubs[unused] = return_;
  const auto least = with_subroutines(number(5) + callsubr + endchar, chosen(twelve(), {0, 1, 2, 3, 4, 11}));
  CHECK(typeset::with_called(cipher(all)) == cipher(least));
  CHECK(typeset::with_called(cipher(with_subroutines(code, with_stubs))) == cipher(least));
  CHECK(typeset::with_called(cipher(least)) == cipher(least));
  CHECK_FALSE(typeset::with_called(cipher(with_subroutines(number(12) + callsubr, twelve()))));
  CHECK_FALSE(typeset::with_called(cipher(font("2", notdef + a))));
  CHECK_FALSE(typeset::with_called(""));
  for (std::size_t size = 0; size < cipher(all).size(); ++size) typeset::with_called(cipher(all).substr(0, size));
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
