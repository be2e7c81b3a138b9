#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <set>
#include <stdexcept>

#include "schema/grammar.hpp"
#include "xml/characters.hpp"

namespace cvgen::schema {
namespace {

using xml::Element;

[[noreturn]] void unsupported(const std::string& what) { throw std::logic_error("cv.xsd: " + what); }

// Whatever the loader would pass over in silence must not be there.
void demand(const Element& element, std::initializer_list<std::string_view> attributes, std::initializer_list<std::string_view> children) {
  const auto among = [](std::initializer_list<std::string_view> names, std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); };
  for (const auto& attribute : element.attributes) {
    if (!among(attributes, attribute.name)) unsupported("attribute " + attribute.name + " of <" + element.name + ">");
  }
  for (const auto* child : xml::children(element)) {
    if (child->name != "xs:annotation" && !among(children, child->name)) unsupported("<" + child->name + "> in <" + element.name + ">");
  }
}

template <class Map>
const auto& declared(const Map& map, const std::string& name) {
  const auto found = map.find(name);
  if (found == map.end()) unsupported("no declaration of " + name);
  return found->second;
}

std::string documentation_of(const Element& element) {
  for (const auto* annotation : xml::children(element)) {
    if (annotation->name != "xs:annotation") continue;
    for (const auto* part : xml::children(*annotation)) {
      if (part->name != "xs:documentation" || part->children.empty()) continue;
      return xml::collapse(std::get<xml::Text>(part->children.front()).value);
    }
  }
  return {};
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> result;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const auto end = std::min(text.find(' ', begin), text.size());
    if (end > begin) result.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return result;
}

// Builds the Glushkov automaton: each element particle is a position; `follow` says which may come after which.
class ContentBuilder {
 public:
  explicit ContentBuilder(const std::map<std::string, const Element*>& groups) : groups_(groups) {}

  ContentModel build(const Element* particle) {
    Part whole;
    if (particle != nullptr) whole = part(*particle);
    ContentModel model;
    model.states.resize(names_.size() + 1);
    model.states[0].accepting = whole.nullable;
    link(model.states[0], whole.first);
    for (std::size_t i = 1; i <= names_.size(); ++i) link(model.states[i], follow_[i - 1]);
    for (const auto i : whole.last) model.states[i].accepting = true;
    for (const auto& name : names_) {
      if (!model.allows(name)) model.names.push_back(name);
    }
    return model;
  }

 private:
  struct Part {
    bool nullable = true;
    std::set<std::size_t> first, last;
  };

  void link(ContentModel::State& state, const std::set<std::size_t>& targets) {
    for (const auto target : targets) {
      if (!state.next.emplace(names_[target - 1], target).second) unsupported("ambiguous content at " + names_[target - 1]);
    }
  }

  Part part(const Element& particle) {
    auto result = bare(particle);
    const auto least = particle.attribute_or("minOccurs", "1");
    const auto most = particle.attribute_or("maxOccurs", "1");
    if ((least != "0" && least != "1") || (most != "1" && most != "unbounded")) unsupported("occurrence bounds " + least + ".." + most);
    if (least == "0") result.nullable = true;
    if (most == "unbounded") connect(result.last, result.first);
    return result;
  }

  Part bare(const Element& particle) {
    if (particle.name == "xs:element") {
      demand(particle, {"ref", "minOccurs", "maxOccurs"}, {});
      const auto name = particle.attribute_or("ref");
      if (name.empty()) unsupported("a local element");
      names_.push_back(name);
      follow_.emplace_back();
      return {false, {names_.size()}, {names_.size()}};
    }
    if (particle.name == "xs:group") {
      demand(particle, {"ref", "minOccurs", "maxOccurs"}, {});
      const auto& group = *declared(groups_, particle.attribute_or("ref"));
      demand(group, {"name"}, {"xs:choice", "xs:sequence"});  // no group: none can hold itself
      if (xml::children(group).size() != 1) unsupported("group " + group.attribute_or("name"));
      return part(*xml::children(group).front());
    }
    const bool is_choice = particle.name == "xs:choice";
    if (!is_choice && particle.name != "xs:sequence") unsupported("<" + particle.name + "> in a content model");
    demand(particle, {"minOccurs", "maxOccurs"}, {"xs:element", "xs:group", "xs:choice", "xs:sequence"});
    Part result;
    bool begun = false;
    for (const auto* child : xml::children(particle)) {
      const auto next = part(*child);
      if (!begun) {
        result = next;
      } else if (is_choice) {
        result.nullable |= next.nullable;
        result.first.insert(next.first.begin(), next.first.end());
        result.last.insert(next.last.begin(), next.last.end());
      } else {
        connect(result.last, next.first);
        if (result.nullable) result.first.insert(next.first.begin(), next.first.end());
        if (!next.nullable) result.last.clear();
        result.last.insert(next.last.begin(), next.last.end());
        result.nullable &= next.nullable;
      }
      begun = true;
    }
    return result;
  }

  void connect(const std::set<std::size_t>& from, const std::set<std::size_t>& to) {
    for (const auto i : from) follow_[i - 1].insert(to.begin(), to.end());
  }

  const std::map<std::string, const Element*>& groups_;
  std::vector<std::string> names_;
  std::vector<std::set<std::size_t>> follow_;
};

class Loader {
 public:
  Grammar run(const Element& schema) {
    if (schema.name != "xs:schema") unsupported("<" + schema.name + "> as the root");
    for (const auto* child : xml::children(schema)) {
      const auto name = child->attribute_or("name");
      if (child->name == "xs:simpleType") types_[name] = child;
      else if (child->name == "xs:complexType") complex_[name] = child;
      else if (child->name == "xs:group") groups_[name] = child;
      else if (child->name == "xs:attributeGroup") attribute_groups_[name] = child;
      else if (child->name == "xs:element") elements_.push_back(child);
      else if (child->name != "xs:annotation") unsupported("<" + child->name + "> at the top");
    }
    for (const auto& [name, type] : types_) grammar_.types[name] = simple_type(name, *type);
    for (const auto* element : elements_) {
      auto rule = element_rule(*element);
      grammar_.elements[rule.name] = std::move(rule);
    }
    for (const auto& [name, rule] : grammar_.elements) {
      for (const auto& child : rule.content.names) {
        (void)declared(grammar_.elements, child);
      }
      for (const auto* names : {&rule.needs, &rule.once}) {
        for (const auto& child : *names) {
          if (!rule.content.allows(child)) unsupported("note on <" + child + "> in <" + name + ">");
        }
      }
    }
    return std::move(grammar_);
  }

 private:
  static SimpleType simple_type(const std::string& name, const Element& type) {
    demand(type, {"name"}, {"xs:restriction"});
    SimpleType result;
    result.name = name;
    result.documentation = documentation_of(type);
    for (const auto* restriction : xml::children(type)) {
      if (restriction->name == "xs:annotation") continue;
      if (restriction->name != "xs:restriction" || restriction->attribute_or("base") != "xs:token") unsupported("simple type " + name);
      demand(*restriction, {"base"}, {"xs:enumeration", "xs:pattern", "xs:minLength", "xs:maxLength"});
      for (const auto* facet : xml::children(*restriction)) {
        demand(*facet, {"value"}, {});
        const auto value = facet->attribute_or("value");
        if (facet->name == "xs:enumeration") result.enumeration.push_back(value);
        else if (facet->name == "xs:pattern") result.patterns.push_back(value);
        else if (facet->name == "xs:minLength") result.min_length = std::stoul(value);
        else if (facet->name == "xs:maxLength") result.max_length = std::stoul(value);
      }
    }
    result.compile();
    return result;
  }

  ElementRule element_rule(const Element& element) {
    demand(element, {"name", "type"}, {"xs:complexType"});
    ElementRule rule;
    rule.name = element.attribute_or("name");
    rule.documentation = documentation_of(element);
    const Element* type = nullptr;
    if (const auto named = element.attribute_or("type"); !named.empty()) {
      type = declared(complex_, named);
      read_notes(*type, rule);
    } else {
      for (const auto* child : xml::children(element)) {
        if (child->name == "xs:complexType") type = child;
      }
    }
    if (type == nullptr) unsupported("<" + rule.name + "> without a type");
    read_notes(element, rule);
    demand(*type, {"name", "mixed"}, {"xs:sequence", "xs:choice", "xs:group", "xs:attribute", "xs:attributeGroup"});
    rule.mixed = type->attribute_or("mixed") == "true";
    const Element* particle = nullptr;
    for (const auto* child : xml::children(*type)) {
      if (child->name == "xs:annotation") continue;
      if (child->name == "xs:attribute" || child->name == "xs:attributeGroup") add_attribute(*child, rule);
      else if (particle == nullptr) particle = child;
      else unsupported("<" + child->name + "> in the type of <" + rule.name + ">");
    }
    rule.content = ContentBuilder(groups_).build(particle);
    return rule;
  }

  void add_attribute(const Element& declaration, ElementRule& rule) {
    if (declaration.name == "xs:attributeGroup") {
      demand(declaration, {"ref"}, {});
      const auto& group = *declared(attribute_groups_, declaration.attribute_or("ref"));
      demand(group, {"name"}, {"xs:attribute", "xs:attributeGroup"});
      for (const auto* child : xml::children(group)) add_attribute(*child, rule);
      return;
    }
    demand(declaration, {"name", "type", "use"}, {});
    if (const auto use = declaration.attribute_or("use", "optional"); use != "required" && use != "optional") unsupported("use " + use);
    const auto& type = declared(grammar_.types, declaration.attribute_or("type"));
    rule.attributes.push_back({declaration.attribute_or("name"), &type, declaration.attribute_or("use") == "required", documentation_of(declaration)});
  }

  static void read_notes(const Element& element, ElementRule& rule) {
    for (const auto* annotation : xml::children(element)) {
      if (annotation->name != "xs:annotation") continue;
      for (const auto* info : xml::children(*annotation)) {
        if (info->name != "xs:appinfo") continue;
        for (const auto* note : xml::children(*info)) {
          if (note->name != "cvgen:children") unsupported("<" + note->name + "> in appinfo");
          demand(*note, {"needs", "once"}, {});
          rule.needs = words(note->attribute_or("needs"));
          rule.once = words(note->attribute_or("once"));
        }
      }
    }
  }

  Grammar grammar_;
  std::map<std::string, const Element*> types_, complex_, groups_, attribute_groups_;
  std::vector<const Element*> elements_;
};

}  // namespace

Grammar load(std::string_view xsd) {
  diag::Sources sources;
  diag::Sink sink;
  const auto file = sources.add("cv.xsd", std::string(xsd));
  const auto root = xml::parse(sources, file, sink);
  if (!root || sink.has_errors()) unsupported("not well-formed");
  return Loader().run(*root);
}

}  // namespace cvgen::schema
