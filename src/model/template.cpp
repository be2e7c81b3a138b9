#include "model/template.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace cvgen::model {

const SettingRule* Template::setting(std::string_view wanted) const {
  const auto found = std::find_if(settings.begin(), settings.end(), [&](const SettingRule& s) { return s.name.value == wanted; });
  return found == settings.end() ? nullptr : &*found;
}

std::optional<double> points(std::string_view length) {
  constexpr std::pair<std::string_view, double> units[] = {{"pt", 1}, {"mm", 72.27 / 25.4}, {"cm", 72.27 / 2.54}, {"in", 72.27}, {"em", 10}, {"ex", 4.3}};
  for (const auto& [unit, size] : units) {
    if (!length.ends_with(unit)) continue;
    const auto digits = length.substr(0, length.size() - unit.size());
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return value * size;
  }
  return std::nullopt;
}

}  // namespace cvgen::model
