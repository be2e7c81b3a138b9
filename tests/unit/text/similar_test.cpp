#include <doctest/doctest.h>

#include "text/similar.hpp"

using namespace cvgen::text;

TEST_CASE("edit distance") {
  struct Row { std::string_view a, b; std::size_t distance; };
  for (const auto& row : {Row{"", "", 0}, Row{"", "abc", 3}, Row{"same", "same", 0}, Row{"kitten", "sitting", 3}, Row{"form", "from", 1}, Row{"ca", "abc", 3},
                          Row{"experiance", "experience", 1}, Row{"ab", "ba", 1}}) {
    CAPTURE(row.a);
    CHECK(edit_distance(row.a, row.b) == row.distance);
    CHECK(edit_distance(row.b, row.a) == row.distance);
  }
}

TEST_CASE("the nearest name, if near enough to be meant") {
  const std::vector<std::string> names = {"b", "i", "job", "title", "employer", "employment", "experience"};
  CHECK(nearest("experiance", names) == "experience");
  CHECK(nearest("tilte", names) == "title");
  CHECK(nearest("TITLE", names) == "title");
  CHECK(nearest("employr", names) == "employer");
  CHECK_FALSE(nearest("hobbies", names).has_value());
  CHECK_FALSE(nearest("", names).has_value());
  // One letter is not similar to another.
  CHECK_FALSE(nearest("x", names).has_value());
  CHECK(nearest("B", names) == "b");
  // Of equally near ones that with the same first letter, else the first.
  CHECK(nearest("jb", names) == "job");
  CHECK(nearest("ab", std::vector<std::string>{"xb", "yb"}) == "xb");
  // Nobody mistypes that much.
  CHECK_FALSE(nearest(std::string(1000000, 'a'), names).has_value());
  CHECK_FALSE(nearest("title", {}).has_value());
}
