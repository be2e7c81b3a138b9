#include "diag/diagnostic.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace cvgen::diag {

void Sink::add(Diagnostic diagnostic) {
  if (diagnostic.severity() == Severity::error) ++errors_;
  list_.push_back(std::move(diagnostic));
}

void Sink::merge(const Sink& other) {
  const auto key = [](const Diagnostic& d) {
    return std::tuple(d.code, d.primary ? std::optional(d.primary->span) : std::nullopt, d.primary ? std::string() : d.message);
  };
  std::set<decltype(key(list_.front()))> known;
  for (const auto& d : list_) known.insert(key(d));
  for (const auto& candidate : other.list_) {
    if (!known.contains(key(candidate))) add(candidate);
  }
}

std::vector<Diagnostic> Sink::sorted() const {
  auto result = list_;
  std::stable_sort(result.begin(), result.end(), [](const Diagnostic& a, const Diagnostic& b) {
    if (!a.primary || !b.primary) return a.primary.has_value() && !b.primary.has_value();
    return std::pair(a.primary->span.file, a.primary->span.begin) < std::pair(b.primary->span.file, b.primary->span.begin);
  });
  return result;
}

}  // namespace cvgen::diag
