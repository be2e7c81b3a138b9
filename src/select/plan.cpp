#include "select/plan.hpp"

#include <algorithm>
#include <numeric>

namespace cvgen::select {
namespace {

class Planner {
 public:
  Planner(const std::vector<Unit>& units, const Fits& fits) : units_(units), fits_(fits) {
    for (std::size_t i = 0; i < units.size(); ++i) {
      if (units[i].kind != Unit::Kind::frame) order_.push_back(i);
    }
    std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) { return units[a].weight > units[b].weight; });
  }

  Plan run() {
    Plan result;
    const auto musts = static_cast<std::size_t>(std::find_if(order_.begin(), order_.end(), [&](std::size_t i) { return units_[i].weight < must; }) - order_.begin());
    result.kept = first(musts);
    if (!fits_(result.kept)) {
      result.possible = false;
      return result;
    }
    // As many as fit without a gap, by halving; then one by one.
    std::size_t low = musts, high = order_.size();
    while (low < high) {
      const auto middle = low + (high - low + 1) / 2;
      if (fits_(first(middle))) low = middle;
      else high = middle - 1;
    }
    result.kept = first(low);
    for (auto i = low; i < order_.size(); ++i) {
      const auto unit = order_[i];
      if (!has_parent(unit, result.kept)) continue;
      auto more = result.kept;
      keep(unit, more);
      if (fits_(more)) result.kept = std::move(more);
    }
    return result;
  }

 private:
  std::vector<bool> first(std::size_t count) const {
    std::vector<bool> kept(units_.size(), false);
    for (std::size_t i = 0; i < count; ++i) keep(order_[i], kept);
    return kept;
  }

  bool has_parent(std::size_t unit, const std::vector<bool>& kept) const {
    const auto parent = units_[unit].parent;
    return parent < 0 || units_[static_cast<std::size_t>(parent)].kind == Unit::Kind::frame || kept[static_cast<std::size_t>(parent)];
  }

  void keep(std::size_t unit, std::vector<bool>& kept) const {
    kept[unit] = true;
    const auto parent = units_[unit].parent;
    if (parent >= 0) kept[static_cast<std::size_t>(parent)] = true;
  }

  const std::vector<Unit>& units_;
  const Fits& fits_;
  std::vector<std::size_t> order_;
};

}  // namespace

Plan plan(const std::vector<Unit>& units, const Fits& fits) { return Planner(units, fits).run(); }

std::size_t countable(const std::vector<Unit>& units) {
  return static_cast<std::size_t>(std::count_if(units.begin(), units.end(), [](const Unit& u) { return u.kind != Unit::Kind::frame; }));
}

}  // namespace cvgen::select
