#include "schema/grammar.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>

#include "text/unicode.hpp"

namespace cvgen::schema {

struct SimpleType::Matcher {
  explicit Matcher(const std::string& pattern) : expression(pattern, re2::RE2::Quiet) {}
  re2::RE2 expression;
};

void SimpleType::compile() {
  if (patterns.empty()) return;
  std::string joined;
  for (const auto& pattern : patterns) {
    // What XSD and RE2 read differently, or RE2 not at all: anchors, classes by name (\d, \i), options.
    const bool named_class = re2::RE2::PartialMatch(pattern, R"(\\[A-Za-z0-9])");
    if (named_class || pattern.find_first_of("^$") != std::string::npos || pattern.find("(?") != std::string::npos) {
      throw std::logic_error("cv.xsd: pattern " + pattern);
    }
    joined += (joined.empty() ? "(?:" : "|(?:") + pattern + ")";
  }
  matcher_ = std::make_shared<const Matcher>(joined);
  if (!matcher_->expression.ok()) throw std::logic_error("cv.xsd: pattern " + joined);
}

bool SimpleType::accepts(std::string_view value) const {
  if (!enumeration.empty() && std::find(enumeration.begin(), enumeration.end(), value) == enumeration.end()) return false;
  std::size_t length = 0;
  text::for_each(value, [&](char32_t, std::size_t) { ++length; });
  if (length < min_length || length > max_length) return false;
  return !matcher_ || re2::RE2::FullMatch(re2::StringPiece(value.data(), value.size()), matcher_->expression);
}

std::vector<std::string> SimpleType::words() const {
  auto result = enumeration;
  const auto is_word = [](const std::string& pattern) { return std::all_of(pattern.begin(), pattern.end(), [](char c) { return c >= 'a' && c <= 'z'; }); };
  std::copy_if(patterns.begin(), patterns.end(), std::back_inserter(result), is_word);
  return result;
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
