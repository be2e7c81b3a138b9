// Which units stay when not all fit.
#pragma once

#include <functional>
#include <vector>

#include "select/units.hpp"

namespace cvgen::select {

// Whether the document with these units fits its pages. Frames are kept as the rest needs them.
using Fits = std::function<bool(const std::vector<bool>& kept)>;

struct Plan {
  bool possible = true;  // false: not even what must stay fits; `kept` is just that
  std::vector<bool> kept;
};

// Units come in by weight, the first in the document first, each that still fits. So none that stays weighs less than one
// left out that would have fitted in its place, and of equals the last goes first. As long as fitting is a matter of
// how much there is, that is.
Plan plan(const std::vector<Unit>& units, const Fits& fits);

// How many units a reader would count: all but frames.
std::size_t countable(const std::vector<Unit>& units);

}  // namespace cvgen::select
