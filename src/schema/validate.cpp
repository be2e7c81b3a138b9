#include "schema/validate.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "text/similar.hpp"
#include "text/unicode.hpp"
#include "xml/characters.hpp"

namespace cvgen::schema {
namespace {

using diag::Code;

constexpr std::string_view xsi_namespace = "http://www.w3.org/2001/XMLSchema-instance";

std::string in_ticks(const std::vector<std::string>& names, std::string_view open = "`<", std::string_view close = ">`") {
  std::string result;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) result += i + 1 == names.size() ? " or " : ", ";
    result += fmt::format("{}{}{}", open, names[i], close);
  }
  return result;
}

class Validator {
 public:
  Validator(const Grammar& grammar, diag::Sink& sink) : grammar_(grammar), sink_(sink) {}

  void root(std::string_view name, const xml::Element& document) {
    if (document.name != name) {
      sink_.add(diag::at(document.name_span, Code::E0201, fmt::format("the document is a `<{}>`, not a `<{}>`", document.name, name))
                    .label("unexpected root element").helps(fmt::format("a CV begins with `<{} version=\"1\">`", name)));
      return;
    }
    element(*grammar_.element(name), document);
  }

 private:
  void element(const ElementRule& rule, const xml::Element& element) {
    const auto bindings_outside = bindings_.size();
    bind_prefixes(element);
    check_attributes(rule, element);
    check_text(rule, element);
    check_children(rule, element);
    for (const auto& node : element.children) {
      const auto* child = std::get_if<xml::Element>(&node);
      if (child == nullptr) continue;
      // An element in the wrong place is one fault; what is in it may still be looked at if it is a known one.
      if (const auto* child_rule = grammar_.element(child->name)) this->element(*child_rule, *child);
    }
    bindings_.erase(bindings_.begin() + static_cast<std::ptrdiff_t>(bindings_outside), bindings_.end());
  }

  // --- attributes

  static bool is_binding(std::string_view name) { return name.starts_with("xmlns:") && name != "xmlns:"; }

  void bind_prefixes(const xml::Element& element) {
    for (const auto& attribute : element.attributes) {
      if (is_binding(attribute.name)) bindings_.push_back({std::string_view(attribute.name).substr(6), attribute.value == xsi_namespace});
    }
  }

  // What XSD allows on every element: namespace declarations and the hint, meant for editors, where the schema is.
  bool is_namespace_matter(const xml::Attribute& attribute) const {
    const std::string_view name = attribute.name;
    if (is_binding(name) || (name == "xmlns" && attribute.value.empty())) return true;
    const auto prefix = name.substr(0, name.find(':'));
    const auto local = name.substr(std::min(prefix.size() + 1, name.size()));
    if (local != "noNamespaceSchemaLocation" && local != "schemaLocation") return false;
    const auto found = std::find_if(bindings_.rbegin(), bindings_.rend(), [&](const Binding& binding) { return binding.prefix == prefix; });
    return found != bindings_.rend() && found->is_xsi;
  }

  void check_attributes(const ElementRule& rule, const xml::Element& element) {
    for (const auto& attribute : element.attributes) {
      if (is_namespace_matter(attribute)) continue;
      const auto* known = rule.attribute(attribute.name);
      if (known != nullptr) check_value(*known, attribute);
      else unknown_attribute(rule, attribute);
    }
    for (const auto& known : rule.attributes) {
      if (!known.required || element.attribute(known.name) != nullptr) continue;
      sink_.add(diag::at(element.name_span, Code::E0206, fmt::format("`<{}>` needs the attribute `{}`", rule.name, known.name))
                    .label(fmt::format("`{}` is missing", known.name)).helps(fmt::format("add `{}=\"...\"`: {}", known.name, known.documentation)));
    }
  }

  void unknown_attribute(const ElementRule& rule, const xml::Attribute& attribute) {
    auto diagnostic = diag::at(attribute.name_span, Code::E0205, fmt::format("`<{}>` has no attribute `{}`", rule.name, attribute.name)).label("unknown attribute");
    std::vector<std::string> names;
    for (const auto& known : rule.attributes) names.push_back(known.name);
    const auto near = text::nearest(attribute.name, names);
    if (attribute.name == "xmlns") diagnostic.help.push_back("a CV is in no namespace; delete the attribute");
    else if (near) {
      diagnostic.help.push_back(fmt::format("an attribute with a similar name exists: `{}`", *near));
      diagnostic.fix = diag::Fix{attribute.name_span, *near};
    }
    else if (rule.content.allows(attribute.name)) diagnostic.help.push_back(fmt::format("`{0}` is an element: write `<{0}>...</{0}>` inside `<{1}>`", attribute.name, rule.name));
    else if (names.empty()) diagnostic.help.push_back(fmt::format("`<{}>` has no attributes", rule.name));
    else diagnostic.help.push_back(fmt::format("its attributes are {}", in_ticks(names, "`", "`")));
    sink_.add(std::move(diagnostic));
  }

  void check_value(const AttributeRule& rule, const xml::Attribute& attribute) {
    const auto value = xml::collapse(attribute.value);
    if (rule.type->accepts(value)) return;
    const auto shown = attribute.value_span.begin == attribute.value_span.end ? attribute.name_span : attribute.value_span;
    auto diagnostic = value.empty() ? diag::at(shown, Code::E0207, fmt::format("`{}` is empty", rule.name))
                                    : diag::at(shown, Code::E0207, fmt::format("`{}` is not a value of `{}`", value, rule.name));
    const auto& allowed = rule.type->enumeration;
    if (!allowed.empty()) {
      if (const auto near = text::nearest(value, allowed); near && !value.empty()) {
        diagnostic.help.push_back(fmt::format("a similar value exists: `{}`", *near));
        diagnostic.fix = diag::Fix{attribute.value_span, *near};
      }
      diagnostic.help.push_back(fmt::format("allowed {}: {}", allowed.size() == 1 ? "is" : "are", in_ticks(allowed, "`", "`")));
    } else {
      diagnostic.help.push_back(value.empty() && rule.type->patterns.empty() ? "write a value or delete the attribute" : rule.type->documentation);
    }
    sink_.add(std::move(diagnostic));
  }

  // --- children

  void check_text(const ElementRule& rule, const xml::Element& element) {
    if (rule.mixed) return;
    for (const auto& node : element.children) {
      const auto* text = std::get_if<xml::Text>(&node);
      if (text == nullptr) continue;
      const auto first = std::find_if_not(text->value.begin(), text->value.end(), xml::is_blank);
      // Blanks between elements are layout; a CDATA section never is, nor is anything in an element without content.
      if (first == text->value.end() && !text->cdata && !rule.content.names.empty()) continue;
      auto span = text->span;
      if (first != text->value.end() && span.end - span.begin == text->value.size()) {
        const auto last = std::find_if_not(text->value.rbegin(), text->value.rend(), xml::is_blank).base();
        span.end = span.begin + static_cast<std::uint32_t>(last - text->value.begin());
        span.begin += static_cast<std::uint32_t>(first - text->value.begin());
      }
      auto diagnostic = diag::at(span, Code::E0204, fmt::format("text is not allowed inside `<{}>`", rule.name)).label("text");
      if (rule.content.names.empty()) diagnostic.help.push_back(fmt::format("`<{}/>` has no content", rule.name));
      else diagnostic.help.push_back(fmt::format("put it into one of {}", in_ticks(rule.content.names)));
      sink_.add(std::move(diagnostic));
    }
  }

  void check_children(const ElementRule& rule, const xml::Element& element) {
    std::size_t state = 0;
    for (const auto& node : element.children) {
      const auto* child = std::get_if<xml::Element>(&node);
      if (child == nullptr) continue;
      const auto& next = rule.content.states[state].next;
      if (const auto found = next.find(child->name); found != next.end()) {
        state = found->second;
      } else if (!rule.content.allows(child->name)) {
        stranger(rule, *child);
      } else {
        misplaced(rule, state, *child);
      }
    }
    const auto& last = rule.content.states[state];
    if (!last.accepting) {
      const auto expected = expected_names(rule, state);
      sink_.add(diag::at(element.name_span, Code::E0203, fmt::format("`<{}>` needs {}", rule.name, in_ticks(expected))).label("it is missing here")
                    .helps(fmt::format("add {} inside `<{}>`", in_ticks(expected), rule.name)));
    }
  }

  static std::vector<std::string> expected_names(const ElementRule& rule, std::size_t state) {
    std::vector<std::string> result;
    for (const auto& name : rule.content.names) {
      if (rule.content.states[state].next.contains(name)) result.push_back(name);
    }
    return result;
  }

  void stranger(const ElementRule& rule, const xml::Element& child) {
    const bool known = grammar_.element(child.name) != nullptr;
    auto diagnostic = diag::at(child.name_span, Code::E0201, fmt::format("`<{}>` is not allowed inside `<{}>`", child.name, rule.name))
                          .label(known ? "not allowed here" : "unknown element");
    const auto near = known ? std::nullopt : text::nearest(child.name, rule.content.names);
    if (near) {
      diagnostic.help.push_back(fmt::format("an element with a similar name exists: `<{}>`", *near));
      const bool has_end_tag = child.tag_span.end != child.span.end;
      if (!has_end_tag) diagnostic.fix = diag::Fix{child.name_span, *near};
    } else if (const auto parents = grammar_.parents(child.name); known && !parents.empty() && parents.size() <= 6) {
      diagnostic.help.push_back(fmt::format("`<{}>` belongs inside {}", child.name, in_ticks(parents)));
    } else if (rule.content.names.empty()) {
      diagnostic.help.push_back(fmt::format("`<{}>` holds no elements", rule.name));
    } else {
      diagnostic.help.push_back(fmt::format("inside `<{}>` may stand {}", rule.name, in_ticks(rule.content.names)));
    }
    sink_.add(std::move(diagnostic));
  }

  void misplaced(const ElementRule& rule, std::size_t state, const xml::Element& child) {
    const auto expected = expected_names(rule, state);
    auto diagnostic = diag::at(child.name_span, Code::E0202, fmt::format("`<{}>` can't stand at this place in `<{}>`", child.name, rule.name)).label("out of order");
    if (state == 0 && !rule.content.states[0].accepting) diagnostic.help.push_back(fmt::format("{} comes first", in_ticks(expected)));
    else diagnostic.help.push_back(fmt::format("it comes once and before {}", expected.empty() ? "all else" : in_ticks(expected)));
    sink_.add(std::move(diagnostic));
  }

  const Grammar& grammar_;
  diag::Sink& sink_;
  struct Binding {
    std::string_view prefix;
    bool is_xsi;
  };
  std::vector<Binding> bindings_;  // of namespace prefixes, innermost last
};

const xml::Element* first_child(const xml::Element& element, std::string_view name) {
  for (const auto& node : element.children) {
    const auto* child = std::get_if<xml::Element>(&node);
    if (child != nullptr && child->name == name) return child;
  }
  return nullptr;
}

// What XSD can't say.
void check_notes(const Grammar& grammar, const ElementRule& rule, const xml::Element& element, diag::Sink& sink) {
  for (const auto& name : rule.needs) {
    if (!first_child(element, name)) {
      const auto* needed = grammar.element(name);
      sink.add(diag::at(element.name_span, Code::E0208, fmt::format("`<{}>` has no `<{}>`", rule.name, name)).label(fmt::format("needs `<{}>`", name))
                    .helps(fmt::format("add `<{}>`: {}", name, needed->documentation)));
    }
  }
  for (const auto& name : rule.once) {
    const xml::Element* first = first_child(element, name);
    for (const auto& node : element.children) {
      const auto* child = std::get_if<xml::Element>(&node);
      if (child == nullptr || child->name != name || child == first) continue;
      sink.add(diag::at(child->name_span, Code::E0209, fmt::format("`<{}>` is given twice in `<{}>`", name, rule.name)).label("again here")
                    .also(first->name_span, "first here").helps("keep one of the two"));
    }
  }
}

}  // namespace

void check_children(const Grammar& grammar, const xml::Element& document, diag::Sink& sink) {
  if (const auto* rule = grammar.element(document.name)) check_notes(grammar, *rule, document, sink);
  for (const auto* child : xml::children(document)) check_children(grammar, *child, sink);
}

void validate(const Grammar& grammar, std::string_view root, const xml::Element& document, diag::Sink& sink) {
  Validator(grammar, sink).root(root, document);
}

}  // namespace cvgen::schema
