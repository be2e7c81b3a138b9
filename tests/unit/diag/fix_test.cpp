#include "diag/fix.hpp"

#include <doctest/doctest.h>

using namespace cvgen::diag;

namespace {

Diagnostic edits(std::vector<Edit> fix) {
  auto d = nowhere(Code::E0205, "x");
  d.fix = std::move(fix);
  return d;
}

}  // namespace

TEST_CASE("fixes: all that don't touch each other") {
  const SourceFile source("a", "0123456789");
  const std::vector list = {edits({{{0, 1, 2}, "one"}}), edits({}), edits({{{0, 4, 6}, ""}}), edits({{{0, 5, 7}, "x"}}), edits({{{0, 9, 9}, "+"}})};
  const auto result = with_fixes(source, 0, list);
  CHECK(result.text == "0one23678+9");
  CHECK(result.count == 3);
}

TEST_CASE("fixes: the edits of one belong together") {
  const SourceFile source("a", "0123456789");
  // The first edit of the second fix would be possible alone.
  CHECK(with_fixes(source, 0, std::vector{edits({{{0, 4, 5}, "x"}}), edits({{{0, 1, 2}, "a"}, {{0, 4, 5}, "b"}})}).text == "0123x56789");
  CHECK(with_fixes(source, 0, std::vector{edits({{{0, 1, 2}, "a"}, {{0, 4, 5}, "b"}})}).text == "0a23b56789");
  CHECK(with_fixes(source, 0, std::vector{edits({{{0, 1, 2}, "a"}, {{1, 4, 5}, "b"}})}).count == 0);
}
