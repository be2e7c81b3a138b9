#include <doctest/doctest.h>

#include "embedded.hpp"
#include "text/cut.hpp"
#include "text/unicode.hpp"

using namespace cvgen::text;

TEST_CASE("well-formed UTF-8 is decoded, of every length") {
  struct Row { std::string_view bytes; char32_t code_point; int length; };
  for (const auto& row : {Row{"A", U'A', 1}, Row{"\xC3\xA9", 0xE9, 2}, Row{"\xE2\x82\xAC", 0x20AC, 3}, Row{"\xF0\x9F\x9A\x80", 0x1F680, 4},
                          Row{std::string_view("\0", 1), 0, 1}, Row{"\xEF\xBF\xBF", 0xFFFF, 3}, Row{"\xF4\x8F\xBF\xBF", 0x10FFFF, 4}}) {
    const auto decoded = decode(row.bytes);
    REQUIRE(decoded.has_value());
    CHECK(decoded->code_point == row.code_point);
    CHECK(decoded->length == row.length);
    CHECK(encode(row.code_point) == row.bytes);
    CHECK(find_invalid_utf8(row.bytes) == std::string_view::npos);
  }
}

TEST_CASE("what is not UTF-8 is refused: stray, truncated and overlong forms, surrogates, too large numbers") {
  for (const std::string_view bytes : {"\x80", "\xBF", "\xC3", "\xC3(", "\xE2\x82", "\xF0\x9F\x9A", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\xAF",
                                       "\xED\xA0\x80", "\xED\xBF\xBF", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xFE", "\xFF"}) {
    CAPTURE(bytes.size());
    CHECK_FALSE(decode(bytes).has_value());
    CHECK(find_invalid_utf8(bytes) == 0);
  }
  CHECK(find_invalid_utf8("caf\xE9 au lait") == 3);
  CHECK(find_invalid_utf8("caf\xC3\xA9\x80") == 5);
  CHECK(find_invalid_utf8("") == std::string_view::npos);
}

TEST_CASE("normal forms") {
  CHECK(nfc("e\xCC\x81") == "\xC3\xA9");
  CHECK(nfd("\xC3\xA9") == "e\xCC\x81");
  CHECK(nfc("\xE1\xBA\xBF") == "\xE1\xBA\xBF");
  CHECK(nfd("\xE1\xBA\xBF") == "e\xCC\x82\xCC\x81");
  CHECK(nfc("plain") == "plain");
  CHECK(nfc("") == "");
  // Marks are ordered; compatibility characters stay what they are.
  CHECK(nfc("q\xCC\x87\xCC\xA3") == nfc("q\xCC\xA3\xCC\x87"));
  CHECK(nfc("\xEF\xAC\x81") == "\xEF\xAC\x81");
  // The Angstrom sign is a plain A with ring.
  CHECK(nfc("\xE2\x84\xAB") == "\xC3\x85");
  // No UTF-8: as it was.
  CHECK(nfc("\xFF") == "\xFF");
  CHECK(nfd("a\xC3") == "a\xC3");
}

TEST_CASE("columns in a terminal") {
  CHECK(width(U'a') == 1);
  CHECK(width(char32_t{0x0301}) == 0);
  CHECK(width(char32_t{0x738B}) == 2);
  CHECK(width(char32_t{0x1F680}) == 2);
  CHECK(width(char32_t{0xFF21}) == 2);
  CHECK(width(std::string_view("re\xCC\x81sume\xCC\x81")) == 6);
  CHECK(width(std::string_view("\xE7\x8E\x8B a")) == 4);
  CHECK(width(std::string_view("")) == 0);
}

TEST_CASE("what can't be seen, and what combines") {
  for (const char32_t c : {char32_t{0x07}, char32_t{0x1B}, char32_t{0x7F}, char32_t{0x85}, char32_t{0xAD}, char32_t{0x200B}, char32_t{0x200E}, char32_t{0x202E},
                           char32_t{0x2028}, char32_t{0x2066}, char32_t{0xFEFF}, char32_t{0xE0001}, char32_t{0xFFFF}}) {
    CAPTURE(static_cast<unsigned>(c));
    CHECK(is_invisible(c));
  }
  for (const char32_t c : {char32_t{' '}, char32_t{'a'}, char32_t{0xA0}, char32_t{0x301}, char32_t{0x738B}}) {
    CAPTURE(static_cast<unsigned>(c));
    CHECK_FALSE(is_invisible(c));
  }
  CHECK(is_combining(0x301));
  CHECK(is_combining(0x489));
  CHECK_FALSE(is_combining(U'a'));
}

TEST_CASE("names of characters") {
  CHECK(describe(0x1F680) == "U+1F680 ROCKET");
  CHECK(describe(U'A') == "U+0041 LATIN CAPITAL LETTER A");
  CHECK(describe(0x738B) == "U+738B CJK UNIFIED IDEOGRAPH-738B");
  CHECK(describe(0x202E) == "U+202E RIGHT-TO-LEFT OVERRIDE");
  CHECK(describe(0xE000) == "U+E000");
  CHECK(character_name(0x10FFFF).empty());
}

TEST_CASE("names of characters: every line of the table is found, and nothing else") {
  std::size_t named = 0;
  for (char32_t c = 0; c < 0x110000; ++c) {
    const bool ideograph = character_name(c).starts_with("CJK UNIFIED IDEOGRAPH-");
    named += !ideograph && !character_name(c).empty() ? 1 : 0;
  }
  auto names = cvgen::embedded::unicode_names().substr(1);
  std::size_t lines = 0;
  while (!names.empty()) {
    auto line = cut(names, '\n');
    const auto code = static_cast<char32_t>(std::stoul(std::string(cut(line, ' ')), nullptr, 16));
    if (line.starts_with("CJK UNIFIED IDEOGRAPH-")) continue;
    ++lines;
    if (character_name(code) != line) FAIL(line);
  }
  CHECK(named == lines);
}
