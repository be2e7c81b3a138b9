#include "typeset/pages.hpp"

#include <doctest/doctest.h>

using namespace cvgen::typeset;
using Kind = Node::Kind;

namespace {

Node box(int height, int depth = 0) {
  Node node;
  node.size = height * point;
  node.depth = depth * point;
  return node;
}

Node glue(int size) {
  Node node{Kind::glue};
  node.size = size * point;
  return node;
}

Node penalty(int value) {
  Node node{Kind::penalty};
  node.penalty = value;
  return node;
}

Pages broken(const VerticalList& list, int height) { return break_pages(list, {height * point, 10 * point, 5 * point}, 100); }

}  // namespace

TEST_CASE("pages: lines and the glue between them") {
  CHECK(broken({}, 30).count == 0);
  CHECK(broken({box(10), glue(5), box(10)}, 30) == Pages{1, 25 * point});
  CHECK(broken({box(10), glue(5), box(10), glue(5), box(10)}, 30) == Pages{2, 10 * point});
  CHECK(broken({box(10), glue(90)}, 30) == Pages{1, 10 * point});
}

TEST_CASE("pages: the first line of a page begins at \\topskip, and glue before it vanishes") {
  CHECK(broken({glue(20), box(4), glue(20), box(4)}, 30) == Pages{2, 10 * point});
}

TEST_CASE("pages: a depth may hang below the page, up to \\maxdepth") {
  CHECK(broken({box(10), glue(10), box(10, 5)}, 30).count == 1);
  CHECK(broken({box(10), glue(10), box(10, 6)}, 30).count == 2);
}

TEST_CASE("pages: no break where a penalty forbids it") {
  const VerticalList heading = {box(10), glue(0), box(10), penalty(10000), glue(0), box(10), glue(0), box(10)};
  CHECK(broken(heading, 20) == Pages{3, 10 * point});
  CHECK(broken(heading, 30) == Pages{2, 10 * point});
}

TEST_CASE("pages: an eject ends the page") { CHECK(broken({box(10), penalty(-10000), box(10)}, 100).count == 2); }

TEST_CASE("pages: counting stops") {
  VerticalList list;
  for (int i = 0; i < 100; ++i) list.insert(list.end(), {box(10), glue(1)});
  CHECK(break_pages(list, {20 * point, 10 * point, 0}, 3).count == 4);
}

TEST_CASE("lengths as TeX rounds them") {
  CHECK(scaled_of("1.0") == point);
  CHECK(scaled_of("-0.5") == -32768);
  CHECK(scaled_of("0.00002") == 1);
  CHECK(scaled_of("9.77791") == 640805);
  CHECK(multiply("1", 12345) == 12345);
  CHECK(multiply("0.5", 3) == 1);
  CHECK(multiply("1.25", 4 * point) == 5 * point);
}
