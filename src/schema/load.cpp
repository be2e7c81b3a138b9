#include "schema/load.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "schema/automaton.hpp"
#include "schema/declarations.hpp"
#include "xml/characters.hpp"

namespace cvgen::schema {

using xml::Element;

void unsupported(const std::string& what) { throw std::logic_error("cv.xsd: " + what); }

void demand(const Element& element, std::initializer_list<std::string_view> attributes, std::initializer_list<std::string_view> children) {
  const auto among = [](std::initializer_list<std::string_view> names, std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); };
  const auto place = "of <" + std::string(element.name) + ">";
  for (const auto& attribute : element.attributes) {
    if (!among(attributes, attribute.name)) unsupported("attribute " + std::string(attribute.name) + " " + place);
  }
  for (const auto* child : xml::children(element)) {
    if (child->name != "xs:annotation" && !among(children, child->name)) unsupported("child <" + std::string(child->name) + "> " + place);
  }
}

namespace {

std::size_t number(std::string_view digits) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) unsupported("number " + std::string(digits));
  return value;
}

class Loader {
 public:
  Loaded run(const Element& schema) {
    if (schema.name != "xs:schema") unsupported("<" + std::string(schema.name) + "> as the root");
    for (const auto* child : xml::children(schema)) {
      const auto name = child->attribute_or("name");
      if (child->name == "xs:simpleType") types_[name] = child;
      else if (child->name == "xs:complexType") complex_[name] = child;
      else if (child->name == "xs:group") groups_[name] = child;
      else if (child->name == "xs:attributeGroup") attribute_groups_[name] = child;
      else if (child->name == "xs:element") elements_[name] = child;
      else if (child->name != "xs:annotation") unsupported("<" + std::string(child->name) + "> at the top");
    }
    for (const auto& [name, type] : types_) loaded_.types.push_back(simple_type(*type));
    loaded_.grammar.types = loaded_.types;
    std::vector<ElementRule> rules;
    for (const auto& [name, element] : elements_) rules.push_back(element_rule(*element));
    loaded_.grammar.elements = keep(rules);
    return std::move(loaded_);
  }

 private:
  template <class T>
  std::span<const T> keep(const std::vector<T>& values) { return loaded_.memory->keep(std::span<const T>(values)); }
  std::string_view keep(std::string_view text) { return loaded_.memory->keep(text); }

  std::string_view documentation_of(const Element& element) {
    for (const auto* annotation : xml::children(element)) {
      if (annotation->name != "xs:annotation") continue;
      for (const auto* part : xml::children(*annotation)) {
        if (part->name == "xs:documentation" && !part->children.empty()) return keep(xml::collapse(std::get<xml::Text>(part->children.front()).value));
      }
    }
    return {};
  }

  SimpleType simple_type(const Element& type) {
    demand(type, {"name"}, {"xs:restriction"});
    const auto name = keep(type.attribute_or("name"));
    std::vector<std::string_view> enumeration, patterns;
    std::string joined;
    std::size_t min_length = 0, max_length = static_cast<std::size_t>(-1);
    for (const auto* restriction : xml::children(type)) {
      if (restriction->name == "xs:annotation") continue;
      if (restriction->attribute_or("base") != "xs:token") unsupported("simple type " + std::string(name));
      demand(*restriction, {"base"}, {"xs:enumeration", "xs:pattern", "xs:minLength", "xs:maxLength"});
      for (const auto* facet : xml::children(*restriction)) {
        demand(*facet, {"value"}, {});
        const auto value = keep(facet->attribute_or("value"));
        if (facet->name == "xs:enumeration") enumeration.push_back(value);
        else if (facet->name == "xs:minLength") min_length = number(value);
        else if (facet->name == "xs:maxLength") max_length = number(value);
        else if (!Pattern(value).is_supported()) unsupported("pattern " + std::string(value));
        else patterns.push_back(value);
      }
    }
    for (const auto pattern : patterns) joined += (joined.empty() ? "(?:" : "|(?:") + std::string(pattern) + ")";
    return {name, documentation_of(type), keep(enumeration), keep(patterns), Pattern(keep(joined)), min_length, max_length};
  }

  ElementRule element_rule(const Element& element) {
    demand(element, {"name", "type"}, {"xs:complexType"});
    ElementRule rule;
    rule.name = keep(element.attribute_or("name"));
    rule.documentation = documentation_of(element);
    const Element* type = nullptr;
    const auto named = element.attribute_or("type");
    if (!named.empty()) type = declared(complex_, named);
    for (const auto* child : xml::children(element)) {
      if (named.empty() && child->name == "xs:complexType") type = child;
    }
    if (type == nullptr) unsupported("<" + std::string(rule.name) + "> without a type");
    demand(*type, {"name", "mixed"}, {"xs:sequence", "xs:choice", "xs:group", "xs:attribute", "xs:attributeGroup"});
    rule.mixed = type->attribute_or("mixed") == "true";
    const Element* particle = nullptr;
    std::vector<AttributeRule> attributes;
    for (const auto* child : xml::children(*type)) {
      if (child->name == "xs:annotation") continue;
      if (child->name == "xs:attribute" || child->name == "xs:attributeGroup") add_attribute(*child, attributes);
      else if (particle == nullptr) particle = child;
      else unsupported("<" + std::string(child->name) + "> in the type of <" + std::string(rule.name) + ">");
    }
    rule.attributes = keep(attributes);
    rule.content = content(automaton(particle, groups_));
    read_notes(*type, rule);
    read_notes(element, rule);
    return rule;
  }

  ContentModel content(const Automaton& automaton) {
    std::vector<Number> elements;
    for (const auto name : automaton.names) {
      if (const auto element = number_of(name); std::find(elements.begin(), elements.end(), element) == elements.end()) elements.push_back(element);
    }
    std::vector<ContentModel::State> states;
    for (std::size_t i = 0; i < automaton.follow.size(); ++i) {
      std::vector<ContentModel::Step> next;
      for (const auto target : automaton.follow[i]) next.push_back({number_of(automaton.names[target - 1]), static_cast<std::uint16_t>(target)});
      states.push_back({keep(next), automaton.accepting[i]});
    }
    return {keep(states), keep(elements)};
  }

  Number number_of(std::string_view name) const {
    (void)declared(elements_, name);
    return static_cast<Number>(std::distance(elements_.begin(), elements_.find(name)));
  }

  void add_attribute(const Element& declaration, std::vector<AttributeRule>& attributes) {
    if (declaration.name == "xs:attributeGroup") {
      demand(declaration, {"ref"}, {});
      const auto& group = *declared(attribute_groups_, declaration.attribute_or("ref"));
      demand(group, {"name"}, {"xs:attribute", "xs:attributeGroup"});
      for (const auto* child : xml::children(group)) {
        if (child->name != "xs:annotation") add_attribute(*child, attributes);
      }
      return;
    }
    demand(declaration, {"name", "type", "use"}, {});
    const auto use = declaration.attribute_or("use", "optional");
    if (use != "required" && use != "optional") unsupported("use " + std::string(use));
    (void)declared(types_, declaration.attribute_or("type"));
    attributes.push_back({keep(declaration.attribute_or("name")), loaded_.grammar.type(declaration.attribute_or("type")), use == "required", documentation_of(declaration)});
  }

  void read_notes(const Element& element, ElementRule& rule) {
    for (const auto* annotation : xml::children(element)) {
      if (annotation->name != "xs:annotation") continue;
      for (const auto* info : xml::children(*annotation)) {
        if (info->name != "xs:appinfo") continue;
        for (const auto* note : xml::children(*info)) {
          if (note->name != "cvgen:children") unsupported("<" + std::string(note->name) + "> in appinfo");
          demand(*note, {"needs", "once"}, {});
          rule.needs = noted(note->attribute_or("needs"), rule);
          rule.once = noted(note->attribute_or("once"), rule);
        }
      }
    }
  }

  std::span<const Number> noted(std::string_view words, const ElementRule& rule) {
    std::vector<Number> result;
    while (!words.empty()) {
      const auto name = words.substr(0, words.find(' '));
      words.remove_prefix(std::min(name.size() + 1, words.size()));
      if (!rule.content.allows(number_of(name))) unsupported("note on <" + std::string(name) + "> in <" + std::string(rule.name) + ">");
      result.push_back(number_of(name));
    }
    return keep(result);
  }

  Loaded loaded_{{}, {}, std::make_unique<xml::Arena>()};
  Declarations types_, complex_, groups_, attribute_groups_, elements_;
};

}  // namespace

Loaded load(std::string_view xsd) {
  diag::Sources sources;
  diag::Sink sink;
  const auto file = sources.add("cv.xsd", std::string(xsd));
  const auto document = xml::parse(sources, file, sink);
  if (!document || sink.has_errors()) unsupported("not well-formed");
  return Loader().run(document->root);
}

}  // namespace cvgen::schema
