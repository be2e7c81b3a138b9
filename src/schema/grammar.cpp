#include "schema/grammar.hpp"

#include <re2/re2.h>

#include <algorithm>

#include "text/unicode.hpp"

namespace cvgen::schema {

struct SimpleType::Matcher {
  explicit Matcher(const std::string& pattern) : expression(pattern) {}
  re2::RE2 expression;
};

void SimpleType::compile() {
  if (patterns.empty()) return;
  std::string joined;
  for (const auto& pattern : patterns) joined += (joined.empty() ? "(?:" : "|(?:") + pattern + ")";
  matcher_ = std::make_shared<const Matcher>(joined);
}

bool SimpleType::accepts(std::string_view value) const {
  if (!enumeration.empty() && std::find(enumeration.begin(), enumeration.end(), value) == enumeration.end()) return false;
  std::size_t length = 0;
  text::for_each(value, [&](char32_t, std::size_t) { ++length; });
  if (length < min_length || length > max_length) return false;
  return !matcher_ || re2::RE2::FullMatch(re2::StringPiece(value.data(), value.size()), matcher_->expression);
}

bool ContentModel::allows(std::string_view name) const { return std::find(names.begin(), names.end(), name) != names.end(); }

const AttributeRule* ElementRule::attribute(std::string_view wanted) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(), [&](const AttributeRule& a) { return a.name == wanted; });
  return found == attributes.end() ? nullptr : &*found;
}

const ElementRule* Grammar::element(std::string_view name) const {
  const auto found = elements.find(name);
  return found == elements.end() ? nullptr : &found->second;
}

std::vector<std::string> Grammar::parents(std::string_view name) const {
  std::vector<std::string> result;
  for (const auto& [parent, rule] : elements) {
    if (rule.content.allows(name)) result.push_back(parent);
  }
  return result;
}

}  // namespace cvgen::schema
