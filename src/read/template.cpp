#include "read/template.hpp"

#include <stdexcept>

#include "xml/characters.hpp"
#include "xml/tree.hpp"

namespace cvgen::read {
namespace {

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
  rule.name = element.attribute_or("name");
  rule.type = type_of(element.attribute_or("type"));
  rule.default_value = element.attribute_or("default");
  rule.min = element.attribute_or("min");
  rule.max = element.attribute_or("max");
  rule.tight = element.attribute_or("tight");
  rule.loose = element.attribute_or("loose");
  if (rule.type == model::SettingType::flag) {
    rule.values = {{"yes", element.attribute_or("tex-yes", "yes")}, {"no", element.attribute_or("tex-no", "no")}};
  }
  for (const auto* child : xml::children(element)) {
    if (child->name == "doc") rule.documentation = text_of(*child);
    else if (child->name == "value") rule.values.push_back({child->attribute_or("name"), child->attribute_or("tex", child->attribute_or("name"))});
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
  result.name = root->attribute_or("name");
  result.frame = frame;
  for (const auto* child : xml::children(*root)) {
    if (child->name == "summary") result.summary = text_of(*child);
    else if (child->name == "requires") result.required_files.push_back(child->attribute_or("file"));
    else if (child->name == "setting") result.settings.push_back(setting_of(*child));
    else throw std::logic_error("template.xml: unknown element " + child->name);
  }
  return result;
}

}  // namespace cvgen::read
