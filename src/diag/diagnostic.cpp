#include "diag/diagnostic.hpp"

#include <algorithm>

namespace cvgen::diag {

void Sink::add(Diagnostic diagnostic) {
  if (diagnostic.severity() == Severity::error) ++errors_;
  list_.push_back(std::move(diagnostic));
}

void Sink::merge(const Sink& other) {
  for (const auto& candidate : other.list_) {
    const bool known = candidate.primary && std::any_of(list_.begin(), list_.end(), [&](const Diagnostic& d) {
      return d.code == candidate.code && d.primary && d.primary->span == candidate.primary->span;
    });
    if (!known) add(candidate);
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
