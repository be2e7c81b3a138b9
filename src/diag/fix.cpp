#include "diag/fix.hpp"

#include <algorithm>

namespace cvgen::diag {
namespace {

bool overlap(Span a, Span b) { return a.begin == b.begin || (a.begin < b.end && b.begin < a.end); }

bool can_join(const std::vector<Edit>& fix, const std::vector<Edit>& chosen, std::uint32_t file) {
  return std::all_of(fix.begin(), fix.end(), [&](const Edit& edit) {
    return edit.span.file == file && std::none_of(chosen.begin(), chosen.end(), [&](const Edit& other) { return overlap(edit.span, other.span); });
  });
}

}  // namespace

Fixed with_fixes(const SourceFile& source, std::uint32_t file, std::span<const Diagnostic> diagnostics) {
  Fixed result{std::string(source.text())};
  std::vector<Edit> chosen;
  for (const auto& d : diagnostics) {
    if (d.fix.empty() || !can_join(d.fix, chosen, file)) continue;
    chosen.insert(chosen.end(), d.fix.begin(), d.fix.end());
    ++result.count;
  }
  // From the end, so that places before stay true.
  std::sort(chosen.begin(), chosen.end(), [](const Edit& a, const Edit& b) { return a.span.begin > b.span.begin; });
  for (const auto& edit : chosen) result.text.replace(edit.span.begin, edit.span.end - edit.span.begin, edit.replacement);
  return result;
}

}  // namespace cvgen::diag
