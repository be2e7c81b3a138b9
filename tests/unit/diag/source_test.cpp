#include <doctest/doctest.h>

#include "diag/source.hpp"

using namespace cvgen::diag;

namespace {

std::string place(const SourceFile& file, std::uint32_t offset) {
  const auto position = file.position(offset);
  return std::to_string(position.line) + ":" + std::to_string(position.column);
}

}  // namespace

TEST_CASE("lines end with LF, CR LF or CR") {
  for (const std::string_view end : {"\n", "\r\n", "\r"}) {
    const SourceFile file("f", "one" + std::string(end) + "two" + std::string(end));
    CAPTURE(end.size());
    CHECK(file.line_count() == 3);
    CHECK(file.line(1) == "one");
    CHECK(file.line(2) == "two");
    CHECK(file.line(3).empty());
    CHECK(place(file, 0) == "1:1");
    CHECK(place(file, static_cast<std::uint32_t>(3 + end.size())) == "2:1");
  }
}

TEST_CASE("columns are code points") {
  const SourceFile file("f", "\xC3\xA9\xE7\x8E\x8B\te\xCC\x81x");
  CHECK(place(file, 0) == "1:1");
  CHECK(place(file, 2) == "1:2");
  CHECK(place(file, 5) == "1:3");
  CHECK(place(file, 6) == "1:4");
  CHECK(place(file, 9) == "1:6");
}

TEST_CASE("an empty file, the end, and past the end") {
  const SourceFile empty("f", "");
  CHECK(place(empty, 0) == "1:1");
  CHECK(place(empty, 99) == "1:1");
  CHECK(empty.line(1).empty());
  const SourceFile file("f", "ab");
  CHECK(place(file, 2) == "1:3");
  CHECK(place(file, 99) == "1:3");
}

TEST_CASE("a byte order mark is no part of the first line") {
  const SourceFile file("f", "\xEF\xBB\xBF<cv>\n");
  CHECK(file.line(1) == "<cv>");
  CHECK(place(file, 0) == "1:1");
  CHECK(place(file, 3) == "1:1");
  CHECK(place(file, 4) == "1:2");
  CHECK(place(SourceFile("f", "\xEF\xBB\xBF"), 0) == "1:1");
}

TEST_CASE("slices") {
  Sources sources;
  const auto first = sources.add("a", "hello");
  const auto second = sources.add("b", "world");
  CHECK(sources.slice({first, 1, 3}) == "el");
  CHECK(sources.slice({second, 0, 5}) == "world");
  CHECK(sources.file(second).name() == "b");
}
