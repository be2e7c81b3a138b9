#include "read/variants.hpp"

#include <charconv>

#include "read/text.hpp"
#include "xml/characters.hpp"

namespace cvgen::read {
namespace {

std::optional<int> number(const std::string& digits) {
  int value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

model::SectionRule section_rule(const xml::Element& element) {
  model::SectionRule rule;
  rule.section = value(element, "section");
  rule.title = value(element, "title");
  if (const auto most = number(value(element, "most").value)) rule.most = static_cast<std::size_t>(*most);
  rule.kinds = word_list(element, "kinds");
  rule.since = number(value(element, "since").value);
  rule.selected = value(element, "selected").value == "yes";
  rule.first_author = value(element, "first-author").value == "yes";
  return rule;
}

model::Variant variant(const xml::Element& element) {
  model::Variant result;
  result.name = value(element, "name");
  result.labels = word_list(element, "labels");
  result.template_name = value(element, "template");
  result.language = value(element, "lang");
  result.pages = number(value(element, "pages").value);
  result.order = word_list(element, "order");
  result.hide = word_list(element, "hide");
  result.settings = settings(element);
  for (const auto* child : xml::children(element)) {
    if (child->name == "show") result.sections.push_back(section_rule(*child));
  }
  return result;
}

}  // namespace

std::vector<model::Variant> variants(const xml::Element& root) {
  std::vector<model::Variant> result;
  for (const auto* list : xml::children(root)) {
    if (list->name != "variants") continue;
    for (const auto* child : xml::children(*list)) {
      if (child->name == "variant") result.push_back(variant(*child));
    }
  }
  return result;
}

std::vector<model::Setting> settings(const xml::Element& element) {
  std::vector<model::Setting> result;
  for (const auto* child : xml::children(element)) {
    if (child->name != "set") continue;
    model::Setting setting{value(*child, "name"), value(*child, "value"), value(*child, "tightest")};
    // The schema reports one without a name or a value.
    if (!setting.name.empty() && !setting.value.empty()) result.push_back(std::move(setting));
  }
  return result;
}

std::vector<model::Located> word_list(const xml::Element& element, std::string_view attribute) {
  std::vector<model::Located> result;
  const auto* found = element.attribute(attribute);
  if (found == nullptr) return result;
  const std::string_view text = found->value;
  // Names are ASCII, so an offset in the value is one in the file, unless references stand there.
  const bool plain = found->value_span.end - found->value_span.begin == text.size();
  for (std::size_t begin = 0; begin < text.size();) {
    if (xml::is_blank(text[begin])) { ++begin; continue; }
    auto end = begin;
    while (end < text.size() && !xml::is_blank(text[end])) ++end;
    auto span = found->value_span;
    if (plain) span = {span.file, span.begin + static_cast<std::uint32_t>(begin), span.begin + static_cast<std::uint32_t>(end)};
    result.push_back({std::string(text.substr(begin, end - begin)), span});
    begin = end;
  }
  return result;
}

}  // namespace cvgen::read
