#include "schema/grammar.hpp"

#include <algorithm>

namespace cvgen::schema {
namespace {

template <class Named>
const Named* find(std::span<const Named> sorted, std::string_view name) {
  const auto found = std::lower_bound(sorted.begin(), sorted.end(), name, [](const Named& one, std::string_view wanted) { return one.name < wanted; });
  return found == sorted.end() || found->name != name ? nullptr : &*found;
}

}  // namespace

bool SimpleType::accepts(std::string_view value) const {
  if (!enumeration.empty() && std::find(enumeration.begin(), enumeration.end(), value) == enumeration.end()) return false;
  const auto length = static_cast<std::size_t>(std::ranges::count_if(value, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
  return length >= min_length && length <= max_length && joined.matches(value);
}

std::vector<std::string> SimpleType::words() const {
  std::vector<std::string> result(enumeration.begin(), enumeration.end());
  const auto is_word = [](std::string_view pattern) { return std::all_of(pattern.begin(), pattern.end(), [](char c) { return c >= 'a' && c <= 'z'; }); };
  for (const auto pattern : patterns) {
    if (is_word(pattern)) result.emplace_back(pattern);
  }
  return result;
}

std::optional<std::size_t> ContentModel::State::after(Number element) const {
  for (const auto& step : next) {
    if (step.element == element) return step.state;
  }
  return std::nullopt;
}

bool ContentModel::allows(Number element) const { return std::find(elements.begin(), elements.end(), element) != elements.end(); }

const AttributeRule* ElementRule::attribute(std::string_view wanted) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(), [&](const AttributeRule& a) { return a.name == wanted; });
  return found == attributes.end() ? nullptr : &*found;
}

const SimpleType* Grammar::type(std::string_view name) const { return find(types, name); }

const ElementRule* Grammar::element(std::string_view name) const { return find(elements, name); }

std::vector<std::string> Grammar::names(std::span<const Number> numbers) const {
  std::vector<std::string> result;
  for (const auto number : numbers) result.emplace_back(elements[number].name);
  return result;
}

std::vector<std::string> Grammar::parents(const ElementRule& rule) const {
  std::vector<std::string> result;
  for (const auto& parent : elements) {
    if (parent.content.allows(number(rule))) result.emplace_back(parent.name);
  }
  return result;
}

}  // namespace cvgen::schema
