// "Did you mean ...": the nearest name by edit distance.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cvgen::text {

// Edits to get from one to the other: insert, delete, replace, swap of neighbours (optimal string alignment), in bytes.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The candidate nearest to a name, if near enough to be meant: at most a third of the longer one's length, and at most 3.
// Letter case is ignored. Of equals one with the same first letter, then the first.
std::optional<std::string> nearest(std::string_view name, std::span<const std::string> candidates);

// Help for a name that there is not: "a similar setting exists: `color`", or else the advice.
std::string similar_or(std::string_view kind, std::string_view name, std::span<const std::string> names, std::string_view advice);

}  // namespace cvgen::text
