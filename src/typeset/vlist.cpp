#include "typeset/vlist.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "text/cut.hpp"
#include "text/number.hpp"

namespace cvgen::typeset {
namespace {

struct Decimal {
  bool negative = false;
  Scaled whole = 0;
  Scaled fraction = 0;  // in 1/65536
};

Decimal decimal_of(std::string_view digits) {
  Decimal result;
  if (digits.starts_with('-')) {
    result.negative = true;
    digits.remove_prefix(1);
  }
  const auto dot = digits.substr(0, digits.find('.'));
  constexpr Scaled largest = 1'000'000;  // points; TeX's own lengths end at 16383.99998
  for (const char c : dot) {
    if (c >= '0' && c <= '9') result.whole = std::min(result.whole * 10 + (c - '0'), largest);
  }
  if (dot.size() == digits.size()) return result;
  auto rest = digits.substr(dot.size() + 1);
  rest = rest.substr(0, rest.find_first_not_of("0123456789"));
  // The TeXbook's round_decimals, from the last digit to the first.
  Scaled a = 0;
  for (std::size_t k = rest.size() < 17 ? rest.size() : 17; k > 0; --k) a = (a + (rest[k - 1] - '0') * (2 * point)) / 10;
  result.fraction = (a + 1) / 2;
  return result;
}

}  // namespace

void write_list(const VerticalList& list, std::string& text) {
  const auto add = [&](Scaled value) { fmt::format_to(std::back_inserter(text), "{} ", value); };
  add(static_cast<Scaled>(list.size()));
  for (const auto& node : list) {
    for (const auto value : {static_cast<Scaled>(node.kind), node.size, node.depth, node.stretch, node.shrink, Scaled{node.stretch_order}, Scaled{node.penalty}, node.baselineskip, Scaled{node.gap}, Scaled{node.parskip}}) add(value);
  }
}

std::optional<VerticalList> take_list(std::string_view& text) {
  bool good = true;
  const auto take = [&]() -> Scaled {
    const auto value = text::number<Scaled>(text::cut(text, ' '));
    good = good && value;
    return value.value_or(0);
  };
  VerticalList list;
  for (auto count = take(); good && count > 0; --count) {
    const auto kind = take();
    good = good && kind >= 0 && kind <= static_cast<Scaled>(Node::Kind::keep);
    Node node{static_cast<Node::Kind>(kind)};
    for (auto* value : {&node.size, &node.depth, &node.stretch, &node.shrink}) *value = take();
    node.stretch_order = static_cast<int>(take());
    node.penalty = static_cast<int>(take());
    node.baselineskip = take();
    node.gap = take() != 0;
    node.parskip = take() != 0;
    list.push_back(node);
  }
  return good ? std::optional(std::move(list)) : std::nullopt;
}

Scaled scaled_of(std::string_view digits) {
  const auto decimal = decimal_of(digits);
  const auto size = decimal.whole * point + decimal.fraction;
  return decimal.negative ? -size : size;
}

Scaled multiply(std::string_view factor, Scaled length) {
  const auto decimal = decimal_of(factor);
  const auto size = decimal.whole * length + length * decimal.fraction / point;
  return decimal.negative ? -size : size;
}

}  // namespace cvgen::typeset
