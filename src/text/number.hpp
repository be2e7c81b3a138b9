// Decimal numbers in text.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace cvgen::text {

// The number that the text begins with, which is taken off; nothing, and nothing taken off, if there is none or it is too large.
template <class Number>
std::optional<Number> take_number(std::string_view& text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

// Of a text that is a number and nothing else.
template <class Number>
std::optional<Number> number(std::string_view text) {
  const auto number = take_number<Number>(text);
  return text.empty() ? number : std::nullopt;
}

}  // namespace cvgen::text
