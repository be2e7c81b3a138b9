#include <doctest/doctest.h>

#include "diag/render/excerpt.hpp"
#include "text/unicode.hpp"

using namespace cvgen::diag;

namespace {

// The line and the marks under it.
std::string shown(const std::string& text, std::uint32_t begin, std::uint32_t end, int width = 100, std::uint32_t line = 1) {
  const SourceFile file("f", text);
  const auto result = excerpt(file, line, {Mark{{0, begin, end}, "", true}}, width);
  return result.line + "\n" + result.marks.front();
}

}  // namespace

TEST_CASE("carets stand in display columns") {
  CHECK(shown("abc def", 4, 7) == "abc def\n    ^^^");
  CHECK(shown("\tx", 1, 2) == "    x\n    ^");
  CHECK(shown("ab\tx", 3, 4) == "ab  x\n    ^");
  CHECK(shown("\xE7\x8E\x8B x", 0, 3) == "\xE7\x8E\x8B x\n^^");
  CHECK(shown("\xE7\x8E\x8B x", 4, 5) == "\xE7\x8E\x8B x\n   ^");
  CHECK(shown("e\xCC\x81x", 3, 4) == "e\xCC\x81x\n ^");
  // A combining character alone is marked at its letter.
  CHECK(shown("ae\xCC\x81x", 2, 4) == "ae\xCC\x81x\n ^");
}

TEST_CASE("what could disturb a terminal is made visible") {
  CHECK(shown("a\x1b[31m", 1, 2) == "a<U+001B>[31m\n ^^^^^^^^");
  CHECK(shown("a\xE2\x80\xAE" "b", 4, 5) == "a<U+202E>b\n         ^");
  CHECK(shown("a\xFFz", 1, 2) == "a<FF>z\n ^^^^");
}

TEST_CASE("empty spans, line ends and spans over several lines") {
  CHECK(shown("abc", 3, 3) == "abc\n   ^");
  CHECK(shown("", 0, 0) == "\n^");
  CHECK(shown("abc\ndef", 1, 6) == "abc\n ^^");
  CHECK(shown("abc\r\ndef", 5, 7, 100, 2) == "def\n^^");
  CHECK(shown("\xEF\xBB\xBF<cv>", 0, 4) == "<cv>\n^");
}

TEST_CASE("a long line is cut to a window around the mark") {
  const std::string line = std::string(200, 'a') + "X" + std::string(200, 'b');
  const auto at_start = shown(line, 0, 1, 60);
  CHECK(at_start == std::string(60, 'a') + "...\n^");
  const auto middle = shown(line, 200, 201, 60);
  CHECK(middle == "..." + std::string(20, 'a') + "X" + std::string(39, 'b') + "...\n" + std::string(23, ' ') + "^");
  const auto at_end = shown(line, 400, 401, 60);
  CHECK(at_end == "..." + std::string(60, 'b') + "\n" + std::string(62, ' ') + "^");
  // A line that just fits is shown whole.
  CHECK(shown(std::string(60, 'a'), 59, 60, 60) == std::string(60, 'a') + "\n" + std::string(59, ' ') + "^");
}

TEST_CASE("half of a wide character at the edge of a window keeps its column") {
  std::string line;
  for (int i = 0; i < 100; ++i) line += "\xE7\x8E\x8B";
  line += "X" + line;
  for (const int width : {40, 41, 42, 43, 44, 45}) {
    CAPTURE(width);
    const auto text = shown(line, 300, 301, width);
    const auto row = text.substr(0, text.find('\n'));
    const auto mark = text.substr(text.find('\n') + 1);
    CHECK(cvgen::text::width(row.substr(0, row.find('X'))) == static_cast<int>(mark.find('^')));
  }
}

TEST_CASE("marks outside of the window stand under the dots") {
  const SourceFile file("f", "first" + std::string(300, ' ') + "second" + std::string(300, ' ') + "third");
  const auto result = excerpt(file, 1, {Mark{{0, 305, 311}, "here", true}, Mark{{0, 0, 5}, "before", false}, Mark{{0, 611, 616}, "after", false}}, 60);
  CHECK(result.marks[0] == std::string(23, ' ') + "^^^^^^ here");
  CHECK(result.marks[1] == "--- before");
  CHECK(result.marks[2] == std::string(63, ' ') + "- after");
}

TEST_CASE("a line of a million characters is cut like any other") {
  std::string line;
  for (int i = 0; i < 300000; ++i) line += "\xE7\x8E\x8B";
  const auto at = static_cast<std::uint32_t>(line.size());
  line += "X" + line;
  const auto text = shown(line, at, at + 1, 60);
  const auto row = text.substr(0, text.find('\n'));
  const auto mark = text.substr(text.find('\n') + 1);
  CHECK(row.starts_with("..."));
  CHECK(row.ends_with("..."));
  CHECK(cvgen::text::find_invalid_utf8(row) == std::string::npos);
  CHECK(cvgen::text::width(row.substr(0, row.find('X'))) == static_cast<int>(mark.find('^')));
  CHECK(shown(line, 0, 3, 60).starts_with("\xE7\x8E\x8B"));
  const auto end = static_cast<std::uint32_t>(line.size());
  CHECK(shown(line, end, end, 60).starts_with("..."));
}
