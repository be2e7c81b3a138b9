#include "select/plan.hpp"

#include <doctest/doctest.h>

#include <numeric>

using namespace cvgen;
using select::Unit;

namespace {

Unit unit(int weight, int parent = -1, Unit::Kind kind = Unit::Kind::entry) {
  Unit result;
  result.weight = weight;
  result.parent = parent;
  result.kind = kind;
  return result;
}

// A page that holds so much, of things that are so large.
select::Fits room(std::vector<int> sizes, int most) {
  return [sizes = std::move(sizes), most](const std::vector<bool>& kept) {
    int sum = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i) sum += kept[i] ? sizes[i] : 0;
    return sum <= most;
  };
}

std::vector<bool> flags(std::initializer_list<int> list) { return std::vector<bool>(list.begin(), list.end()); }

}  // namespace

TEST_CASE("plan: all that fits stays") {
  CHECK(select::plan({unit(1), unit(2)}, room({1, 1}, 2)).kept == flags({1, 1}));
  CHECK(select::plan({}, room({}, 0)).kept.empty());
}

TEST_CASE("plan: what weighs least goes, of equals the last") {
  CHECK(select::plan({unit(3), unit(9), unit(5)}, room({1, 1, 1}, 2)).kept == flags({0, 1, 1}));
  CHECK(select::plan({unit(5), unit(5), unit(5)}, room({1, 1, 1}, 2)).kept == flags({1, 1, 0}));
}

TEST_CASE("plan: room left is filled with the heaviest that fits") {
  CHECK(select::plan({unit(9), unit(8), unit(7), unit(1)}, room({3, 5, 2, 1}, 6)).kept == flags({1, 0, 1, 1}));
}

TEST_CASE("plan: a point needs its entry, an entry not its points") {
  const std::vector<Unit> units = {unit(5), unit(5, 0, Unit::Kind::point), unit(5, 0, Unit::Kind::point), unit(4)};
  CHECK(select::plan(units, room({2, 2, 2, 1}, 5)).kept == flags({1, 1, 0, 1}));
  CHECK(select::plan({unit(5), unit(5, 0, Unit::Kind::point)}, room({3, 1}, 2)).kept == flags({0, 0}));
}

TEST_CASE("plan: a frame comes with the first that needs it") {
  const std::vector<Unit> units = {unit(5, -1, Unit::Kind::frame), unit(5, 0), unit(5, 0)};
  CHECK(select::plan(units, room({1, 1, 1}, 2)).kept == flags({1, 1, 0}));
  CHECK(select::plan(units, room({1, 1, 1}, 1)).kept == flags({0, 0, 0}));
  CHECK(select::countable(units) == 2);
}

TEST_CASE("plan: what must stay and doesn't fit") {
  const auto plan = select::plan({unit(select::must), unit(10), unit(select::must)}, room({2, 1, 2}, 3));
  CHECK_FALSE(plan.possible);
  CHECK(plan.kept == flags({1, 0, 1}));
}
