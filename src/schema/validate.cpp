#include "schema/validate.hpp"

#include <algorithm>

#include "schema/faults.hpp"
#include "text/similar.hpp"
#include "text/unicode.hpp"
#include "xml/characters.hpp"

namespace cvgen::schema {
namespace {

constexpr std::string_view xsi_namespace = "http://www.w3.org/2001/XMLSchema-instance";

class Validator {
 public:
  Validator(const Grammar& grammar, diag::Sink& sink) : grammar_(grammar), faults_(grammar), sink_(sink) {}

  void root(std::string_view name, const xml::Element& document) {
    if (document.name == name) element(*grammar_.element(name), document);
    else sink_.add(faults_.wrong_root(document, name));
  }

  // Of a CV as one variant shows it: what is missing or given twice.
  void children_alone(const Child& parent) {
    one_variant_ = true;
    const auto begin = gather(*parent.element);
    if (parent.rule != nullptr) check_notes(*parent.rule, *parent.element, from(begin), missing_needs(*parent.rule, *parent.element, from(begin)));
    for (auto i = begin; i < children_.size(); ++i) children_alone(Child(children_[i]));
    children_.erase(children_.begin() + static_cast<std::ptrdiff_t>(begin), children_.end());
  }

 private:
  using Children = std::span<const Child>;

  // Puts the child elements on top of the stack; where they begin.
  std::size_t gather(const xml::Element& element) {
    const auto begin = children_.size();
    for (const auto* child : xml::children(element)) children_.push_back({child, grammar_.element(child->name)});
    return begin;
  }
  Children from(std::size_t begin) const { return Children(children_).subspan(begin); }

  void element(const ElementRule& rule, const xml::Element& element) {
    const auto bindings_outside = bindings_.size();
    bind_prefixes(element);
    check_attributes(rule, element);
    const auto begin = gather(element);
    auto needed = missing_needs(rule, element, from(begin));
    check_text(rule, element, needed);
    check_children(rule, element, from(begin));
    check_notes(rule, element, from(begin), needed);
    for (auto i = begin; i < children_.size(); ++i) {
      // An element in the wrong place is one fault; what is in it may still be looked at if it is a known one.
      if (const auto child = children_[i]; child.rule != nullptr) this->element(*child.rule, *child.element);
    }
    children_.erase(children_.begin() + static_cast<std::ptrdiff_t>(begin), children_.end());
    bindings_.erase(bindings_.begin() + static_cast<std::ptrdiff_t>(bindings_outside), bindings_.end());
  }

  // --- attributes

  // `xmlns:-a` is a name by XML, but binds nothing: a prefix begins as names do.
  static bool is_binding(std::string_view name) {
    if (!name.starts_with("xmlns:") || name.size() == 6 || name[6] == ':') return false;
    return xml::is_name_start(text::decode(name.substr(6))->code_point);
  }

  void bind_prefixes(const xml::Element& element) {
    for (const auto& attribute : element.attributes) {
      if (is_binding(attribute.name)) bindings_.push_back({attribute.name.substr(6), attribute.value == xsi_namespace});
    }
  }

  // What XSD allows on every element: namespace declarations and the hint, meant for editors, where the schema is.
  bool is_namespace_matter(const xml::Attribute& attribute) const {
    const auto name = attribute.name;
    if (is_binding(name) || (name == "xmlns" && attribute.value.empty())) return true;
    const auto prefix = name.substr(0, name.find(':'));
    const auto local = name.substr(std::min(prefix.size() + 1, name.size()));
    if (local != "noNamespaceSchemaLocation" && local != "schemaLocation") return false;
    const auto found = std::find_if(bindings_.rbegin(), bindings_.rend(), [&](const Binding& binding) { return binding.prefix == prefix; });
    return found != bindings_.rend() && found->is_xsi;
  }

  void check_attributes(const ElementRule& rule, const xml::Element& element) {
    bool has_unknown = false;
    for (const auto& attribute : element.attributes) {
      if (const auto* known = rule.attribute(attribute.name)) check_value(*known, attribute);
      else if (!is_namespace_matter(attribute)) has_unknown = true;
    }
    if (has_unknown) return check_names(rule, element);
    for (const auto& known : rule.attributes) {
      if (known.required && element.attribute(known.name) == nullptr) sink_.add(Faults::missing_attribute(rule, element, known));
    }
  }

  // A slip in a name is one fault, not one more for the attribute that seems to be missing.
  void check_names(const ElementRule& rule, const xml::Element& element) {
    std::vector<const AttributeRule*> absent;
    for (const auto& known : rule.attributes) {
      if (element.attribute(known.name) == nullptr) absent.push_back(&known);
    }
    for (const auto& attribute : element.attributes) {
      if (rule.attribute(attribute.name) == nullptr && !is_namespace_matter(attribute)) sink_.add(faults_.unknown_attribute(rule, attribute, take_nearest(attribute.name, absent)));
    }
    for (const auto* known : absent) {
      if (known->required) sink_.add(Faults::missing_attribute(rule, element, *known));
    }
  }

  // What a name is a slip of; no other name is one of it then.
  static const AttributeRule* take_nearest(std::string_view name, std::vector<const AttributeRule*>& absent) {
    std::vector<std::string> names;
    for (const auto* rule : absent) names.emplace_back(rule->name);
    const auto near = text::nearest(name, names);
    if (!near) return nullptr;
    const auto found = std::find_if(absent.begin(), absent.end(), [&](const auto* rule) { return rule->name == *near; });
    const auto* meant = *found;
    absent.erase(found);
    return meant;
  }

  void check_value(const AttributeRule& rule, const xml::Attribute& attribute) {
    std::string buffer;
    const auto value = xml::collapse(attribute.value, buffer);
    if (!rule.type->accepts(value)) sink_.add(Faults::wrong_value(rule, attribute, value));
  }

  // --- children

  // `needed`: what the element lacks; text in the wrong place may be it, which is one fault then.
  void check_text(const ElementRule& rule, const xml::Element& element, std::vector<Number>& needed) {
    if (rule.mixed) return;
    for (const auto& node : element.children) {
      const auto* text = std::get_if<xml::Text>(&node);
      if (text == nullptr) continue;
      const auto first = std::find_if_not(text->value.begin(), text->value.end(), xml::is_blank);
      // Blanks between elements are layout; a CDATA section never is, nor is anything in an element without content.
      if (first == text->value.end() && !text->cdata && !rule.content.elements.empty()) continue;
      auto span = text->span;
      if (first != text->value.end() && span.end - span.begin == text->value.size()) {
        const auto last = std::find_if_not(text->value.rbegin(), text->value.rend(), xml::is_blank).base();
        span.end = span.begin + static_cast<std::uint32_t>(last - text->value.begin());
        span.begin += static_cast<std::uint32_t>(first - text->value.begin());
      }
      sink_.add(faults_.text(rule, span, needed));
      needed.clear();
    }
  }

  void check_children(const ElementRule& rule, const xml::Element& element, Children children) {
    const auto& states = rule.content.states;
    left_by_.assign(states.size(), nullptr);
    taken_.clear();
    std::size_t state = 0;
    for (const auto& child : children) {
      if (!allows(rule, child)) {
        sink_.add(faults_.stranger(rule, child));
        continue;
      }
      const auto number = grammar_.number(*child.rule);
      auto next = states[state].after(number);
      if (!next && states[state].next.size() == 1 && !states[state].accepting) {
        // Something that must come before is missing, or comes too late: said once, then as if it had been there.
        const auto& skipped = states[state].next.front();
        next = states[skipped.state].after(number);
        if (next && first_of(children, skipped.element) == nullptr) sink_.add(faults_.missing(rule, element, {skipped.element}));
      }
      if (!next) {
        misplaced(rule, child);
        continue;
      }
      if (left_by_[state] == nullptr) left_by_[state] = child.element;
      taken_.push_back(child);
      state = *next;
    }
    if (!states[state].accepting) sink_.add(faults_.missing(rule, element, expected(rule, state)));
  }

  bool allows(const ElementRule& rule, const Child& child) const { return child.rule != nullptr && rule.content.allows(grammar_.number(*child.rule)); }

  // In schema order.
  static std::vector<Number> expected(const ElementRule& rule, std::size_t state) {
    std::vector<Number> result;
    for (const auto element : rule.content.elements) {
      if (rule.content.states[state].after(element)) result.push_back(element);
    }
    return result;
  }

  void misplaced(const ElementRule& rule, const Child& child) {
    if (const auto* first = first_of(taken_, grammar_.number(*child.rule))) return sink_.add(Faults::second(rule, *child.element, *first));
    const xml::Element* later = nullptr;
    for (std::size_t state = 0; state < left_by_.size() && later == nullptr; ++state) {
      if (rule.content.states[state].after(grammar_.number(*child.rule))) later = left_by_[state];
    }
    sink_.add(Faults::late(rule, *child.element, later));
  }

  const xml::Element* first_of(Children children, Number wanted) const {
    const auto found = std::find_if(children.begin(), children.end(), [&](const Child& child) { return child.rule == &grammar_.elements[wanted]; });
    return found == children.end() ? nullptr : found->element;
  }

  // --- what XSD can't say

  // The children that the element lacks, but for those that are there under a misspelt name or as an attribute: that is
  // reported already.
  std::vector<Number> missing_needs(const ElementRule& rule, const xml::Element& element, Children children) const {
    std::vector<Number> result;
    for (const auto wanted : rule.needs) {
      const auto name = grammar_.elements[wanted].name;
      const auto stands_for = [&](const Child& child) { return !allows(rule, child) && faults_.meant_child(rule, child) == name; };
      if (first_of(children, wanted) != nullptr || element.attribute(name) != nullptr) continue;
      if (std::none_of(children.begin(), children.end(), stands_for)) result.push_back(wanted);
    }
    return result;
  }

  void check_notes(const ElementRule& rule, const xml::Element& element, Children children, const std::vector<Number>& needed) {
    for (const auto child : needed) sink_.add(faults_.lacking(rule, element, child));
    if (children.size() < 2) return;
    for (const auto number : rule.once) {
      const auto* first = first_of(children, number);
      for (const auto& child : children) {
        if (child.rule != &grammar_.elements[number] || child.element == first) continue;
        // Two wordings, each for variants of its own, are not twice the same; variants are looked at one by one.
        if (!one_variant_ && (is_selected(*first) || is_selected(*child.element))) continue;
        sink_.add(Faults::twice(rule, *child.element, *first));
      }
    }
  }

  static bool is_selected(const xml::Element& element) { return element.attribute("only") != nullptr || element.attribute("not") != nullptr; }

  const Grammar& grammar_;
  Faults faults_;
  diag::Sink& sink_;
  bool one_variant_ = false;
  struct Binding {
    std::string_view prefix;
    bool is_xsi;
  };
  std::vector<Binding> bindings_;  // of namespace prefixes, innermost last
  std::vector<Child> children_;    // of all elements that are being looked at, outermost first
  // Of the children looked at: those in their place, and for each state that which led out of it.
  std::vector<Child> taken_;
  std::vector<const xml::Element*> left_by_;
};

}  // namespace

void check_children(const Grammar& grammar, const xml::Element& document, diag::Sink& sink) {
  Validator(grammar, sink).children_alone({&document, grammar.element(document.name)});
}

void validate(const Grammar& grammar, std::string_view root, const xml::Element& document, diag::Sink& sink) {
  Validator(grammar, sink).root(root, document);
}

}  // namespace cvgen::schema
