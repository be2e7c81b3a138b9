#include "text/similar.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cvgen::text {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return result;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last, last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last = last;
    last = row;
  }
  return last[b.size()];
}

std::optional<std::string> nearest(std::string_view name, std::span<const std::string> candidates) {
  constexpr std::size_t longest_name = 64;  // nobody mistypes more than that, and the distance is quadratic
  if (name.size() > longest_name) return std::nullopt;
  const auto wanted = lower(name);
  // Most people get the first letter right, so of two equally near ones that one is meant.
  const auto first_letter_differs = [&](const std::string& other) { return wanted.empty() || other.empty() || wanted[0] != other[0]; };
  std::optional<std::string> best;
  auto best_rank = std::pair<std::size_t, bool>(4, false);
  for (const auto& candidate : candidates) {
    const auto other = lower(candidate);
    const auto longer = std::max(wanted.size(), other.size());
    const auto distance = edit_distance(wanted, other);
    const auto rank = std::pair(distance, first_letter_differs(other));
    const bool something_in_common = distance < longer;
    if (something_in_common && distance <= std::max<std::size_t>(1, longer / 3) && rank < best_rank) {
      best = candidate;
      best_rank = rank;
    }
  }
  return best;
}

std::string similar_or(std::string_view kind, std::string_view name, std::span<const std::string> names, std::string_view advice) {
  const auto near = nearest(name, names);
  return near ? fmt::format("a similar {} exists: `{}`", kind, *near) : std::string(advice);
}

}  // namespace cvgen::text
