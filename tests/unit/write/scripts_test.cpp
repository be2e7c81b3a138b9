#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "text/unicode.hpp"
#include "write/latex/escape.hpp"
#include "write/latex/scripts.hpp"

using namespace cvgen::latex;
using cvgen::model::Language;

namespace {

// "Ada [hebrew:לוי]!"
std::string shown(std::string_view text, Language language = Language::en) {
  std::string result, all;
  for (const auto& segment : segments(text, language)) {
    all += segment.text;
    result += segment.script == nullptr ? std::string(segment.text) : "[" + std::string(segment.script->name) + ":" + std::string(segment.text) + "]";
  }
  CHECK(all == text);
  return result;
}

bool settable(std::string_view text, Language language = Language::en) { return unsettable(text, language).empty(); }

const Script* script(std::string_view name) {
  for (const auto& one : scripts()) {
    if (one.name == name) return &one;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("the table of scripts") {
  CHECK(scripts().size() >= 10);
  for (const auto& one : scripts()) {
    CAPTURE(one.name);
    CHECK_FALSE(one.package.empty());
    CHECK_FALSE(one.sans.empty());
    const bool last = &one == &scripts().back();
    CHECK(one.ranges.empty() == last);
    for (const auto& [first, end] : one.ranges) CHECK(first <= end);
    if (last) continue;
    const auto found = segments(cvgen::text::encode(one.sample), Language::en);
    REQUIRE(found.size() == 1);
    CHECK(found[0].script == &one);
  }
}

TEST_CASE("text is cut by script") {
  CHECK(shown("") == "");
  CHECK(shown("Ada Lovelace, naïve Ế → 5 €") == "Ada Lovelace, naïve Ế → 5 €");
  CHECK(shown("Ada Лайко!") == "Ada [cyrillic:Лайко]!");
  CHECK(shown("Анна Лайко, Киев 5") == "[cyrillic:Анна Лайко], [cyrillic:Киев] 5");
  CHECK(shown("Анна ") == "[cyrillic:Анна] ");
  CHECK(shown("שלום עולם 5 (ab) ג") == "[hebrew:שלום עולם] 5 (ab) [hebrew:ג]");
  CHECK(shown("क्‍ष हिन्दी") == "[devanagari:क्‍ष हिन्दी]");
  CHECK(shown("за́мок") == "[cyrillic:за́мок]");
  CHECK(shown("ab🚀 👩‍💻 ✓") == "ab[emoji:🚀 👩‍💻] ✓");
  CHECK(shown("☎️ ☎") == "[emoji:☎️] ☎");
  CHECK(shown("กข") == "[other:กข]");
}

TEST_CASE("a Greek letter alone is a sign") {
  CHECK(shown("5 μm, λ-calculus, ΔG") == "5 μm, λ-calculus, ΔG");
  CHECK(shown("Αθήνα και α ή") == "[greek:Αθήνα και α ή]");
  CHECK(shown("ή") == "[greek:ή]");
}

TEST_CASE("ideographs follow what stands beside them, then the language") {
  CHECK(shown("東京大学") == "[chinese:東京大学]");
  CHECK(shown("東京大学", Language::ja) == "[japanese:東京大学]");
  CHECK(shown("東京大学", Language::ko) == "[korean:東京大学]");
  CHECK(shown("東京の大学") == "[japanese:東京の大学]");
  CHECK(shown("서울大學") == "[korean:서울大學]");
  CHECK(shown("2020年9月") == "2020[chinese:年]9[chinese:月]");
}

TEST_CASE("what no font can have") {
  CHECK(settable("Ada Лайко, שלום, 東京, क्‍ष, 🚀, กข"));
  CHECK_FALSE(settable("\xEE\x80\x80"));      // private use
  CHECK_FALSE(settable("ab\u200Dc"));          // a joiner of nothing
  CHECK_FALSE(settable("x\uFE0F"));            // a selector of nothing
  CHECK_FALSE(settable("ab\u200F"));           // no direction to mark
  CHECK(settable("ab\u200F", Language::he));
  CHECK(settable("C++\u200E ועוד"));
  CHECK_FALSE(settable("\u0301a"));
  CHECK_FALSE(settable("\u0378"));             // not assigned
  CHECK_FALSE(settable("\uFFFD"));             // LuaTeX stops at it
  CHECK(unsettable("я \xEE\x80\x80", Language::en) == std::vector<std::size_t>{3});
  CHECK(unsettable("\xEE\x80\x80 я\xEE\x80\x81\xEE\x80\x80", Language::en) == std::vector<std::size_t>{0, 6, 9});
}

TEST_CASE("scripts in LaTeX") {
  Fonts fonts;
  fonts.list = {{"hebrew", script("hebrew"), false, {{"a.ttf"}, {}, {}, {}}, {}}, {"hebrew-2", script("hebrew"), true, {{"b.ttf"}, {}, {}, {}}, {}}};
  fonts.of = {{{script("hebrew"), U'א'}, 0}, {{script("hebrew"), U'ב'}, 1}};
  Escaper escaper(fonts, Language::he);
  CHECK(escaper.text("5 % אא בא").source() == "5 \\% \\cvscript{hebrew}{אא }\\cvscript{hebrew-2}{ב}\\cvscript{hebrew}{א}");
  CHECK(escaper.text("C++\u200E").source() == "C++\\cvscript{hebrew}{\u200E}");
  CHECK(escaper.text("a--b").source() == "a-\\cvsplit{}-b");
  CHECK(escaper.wanted().at(script("hebrew")) == std::set<char32_t>{U'א', U'ב'});
  const auto lines = font_declarations(fonts, Language::he).source();
  CHECK(lines.find("\\usepackage[bidi=basic,layout=lists.tabular,provide=*,main=hebrew]{babel}\n") == 0);
  CHECK(lines.find("{[a.ttf](0):mode=harf;script=hebr;embolden=2;}") != std::string::npos);  // no bold one
  CHECK(lines.find("\\cvscriptfont{hebrew}{sans}\n") != std::string::npos);
  CHECK(lines.find("\\cvscriptfont[\\cvtypefacescale]{hebrew-2}{sans}\n") != std::string::npos);
  CHECK(font_declarations({}, Language::ru).empty());
}
