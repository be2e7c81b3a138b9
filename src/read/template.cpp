#include "read/template.hpp"

#include <stdexcept>

#include "xml/characters.hpp"
#include "xml/tree.hpp"

namespace cvgen::read {
namespace {

std::string attribute_of(const xml::Element& element, std::string_view name, std::string_view otherwise = "") {
  const auto* found = element.attribute(name);
  return found != nullptr ? found->value : std::string(otherwise);
}

std::string text_of(const xml::Element& element) {
  std::string result;
  for (const auto& node : element.children) {
    if (const auto* text = std::get_if<xml::Text>(&node)) result += text->value;
  }
  return xml::collapse(result);
}

model::SettingType type_of(const std::string& name) {
  constexpr std::string_view names[] = {"choice", "color", "length", "number", "flag"};
  for (std::size_t i = 0; i < std::size(names); ++i) {
    if (names[i] == name) return static_cast<model::SettingType>(i);
  }
  throw std::logic_error("template.xml: setting of unknown type " + name);
}

model::SettingRule setting_of(const xml::Element& element) {
  model::SettingRule rule;
  rule.name = attribute_of(element, "name");
  rule.type = type_of(attribute_of(element, "type"));
  rule.default_value = attribute_of(element, "default");
  rule.min = attribute_of(element, "min");
  rule.max = attribute_of(element, "max");
  rule.tight = attribute_of(element, "tight");
  rule.loose = attribute_of(element, "loose");
  if (rule.type == model::SettingType::flag) {
    rule.values = {{"yes", attribute_of(element, "tex-yes", "yes")}, {"no", attribute_of(element, "tex-no", "no")}};
  }
  for (const auto& node : element.children) {
    const auto* child = std::get_if<xml::Element>(&node);
    if (child == nullptr) continue;
    if (child->name == "doc") rule.documentation = text_of(*child);
    else if (child->name == "value") rule.values.push_back({attribute_of(*child, "name"), attribute_of(*child, "tex", attribute_of(*child, "name"))});
    else throw std::logic_error("template.xml: unknown element " + child->name);
  }
  return rule;
}

}  // namespace

model::Template template_of(std::string_view declaration, std::string_view frame) {
  diag::Sources sources;
  diag::Sink sink;
  const auto file = sources.add("template.xml", std::string(declaration));
  const auto root = xml::parse(sources, file, sink);
  if (!root || sink.has_errors() || root->name != "template") throw std::logic_error("template.xml: malformed");
  model::Template result;
  result.name = attribute_of(*root, "name");
  result.frame = frame;
  for (const auto& node : root->children) {
    const auto* child = std::get_if<xml::Element>(&node);
    if (child == nullptr) continue;
    if (child->name == "summary") result.summary = text_of(*child);
    else if (child->name == "requires") result.required_files.push_back(attribute_of(*child, "file"));
    else if (child->name == "setting") result.settings.push_back(setting_of(*child));
    else throw std::logic_error("template.xml: unknown element " + child->name);
  }
  return result;
}

}  // namespace cvgen::read
