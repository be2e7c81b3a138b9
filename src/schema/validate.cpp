#include "schema/validate.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <utility>

#include "text/similar.hpp"
#include "text/unicode.hpp"
#include "xml/characters.hpp"

namespace cvgen::schema {
namespace {

using diag::Code;

constexpr std::string_view xsi_namespace = "http://www.w3.org/2001/XMLSchema-instance";

// What people write who think of HTML or of other CV formats, and what it is called here.
constexpr std::pair<std::string_view, std::string_view> foreign_names[] = {
    {"strong", "b"},           {"em", "i"},        {"tt", "code"},           {"ul", "highlights"},      {"ol", "highlights"},
    {"bullets", "highlights"}, {"li", "item"},     {"bullet", "item"},       {"highlight", "item"},     {"company", "employer"},
    {"position", "title"},     {"city", "place"},  {"location", "place"},    {"school", "institution"}, {"university", "institution"},
    {"work", "experience"},    {"journal", "venue"}, {"conference", "venue"}, {"url", "link"},          {"address", "location"}};

// The words of the schema's documentation as part of a message: no capital, no full stop.
std::string as_phrase(std::string text) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (text.size() > 1 && is_capital(text[0]) && !is_capital(text[1])) text[0] = static_cast<char>(text[0] + 32);
  if (text.ends_with('.') && !text.ends_with("..")) text.pop_back();
  return text;
}

std::string in_ticks(const std::vector<std::string>& names, std::string_view open = "`<", std::string_view close = ">`", std::string_view last = " or ") {
  std::string result;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) result += i + 1 == names.size() ? last : ", ";
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

  // Of a CV as one variant shows it: what is missing or given twice.
  void children_alone(const xml::Element& element) {
    one_variant_ = true;
    if (const auto* rule = grammar_.element(element.name)) check_notes(*rule, element, missing_needs(*rule, element));
    for (const auto* child : xml::children(element)) children_alone(*child);
  }

 private:
  void element(const ElementRule& rule, const xml::Element& element) {
    const auto bindings_outside = bindings_.size();
    bind_prefixes(element);
    check_attributes(rule, element);
    auto needed = missing_needs(rule, element);
    check_text(rule, element, needed);
    check_children(rule, element);
    check_notes(rule, element, needed);
    for (const auto& node : element.children) {
      const auto* child = std::get_if<xml::Element>(&node);
      if (child == nullptr) continue;
      // An element in the wrong place is one fault; what is in it may still be looked at if it is a known one.
      if (const auto* child_rule = grammar_.element(child->name)) this->element(*child_rule, *child);
    }
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
      const auto& values = known.type->enumeration;
      sink_.add(diag::at(element.name_span, Code::E0206, fmt::format("`<{}>` needs the attribute `{}`", rule.name, known.name))
                    .label(fmt::format("`{}` is missing", known.name))
                    .helps(fmt::format("add `{}=\"{}\"`: {}", known.name, values.size() == 1 ? values.front() : "...", as_phrase(known.documentation))));
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
      diagnostic.fix = {{attribute.name_span, *near}};
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
    const auto words = rule.type->words();
    const auto near = value.empty() || allowed.size() == 1 ? std::nullopt : text::nearest(value, words);
    if (near) {
      diagnostic.help.push_back(fmt::format("a similar value exists: `{}`", *near));
      diagnostic.fix = {{attribute.value_span, *near}};
    }
    if (allowed.size() == 1) diagnostic.help.push_back(fmt::format("the only value is `{}`", allowed.front()));
    else if (!allowed.empty()) diagnostic.help.push_back(fmt::format("allowed are {}", in_ticks(allowed, "`", "`", " and ")));
    else if (value.empty() && rule.type->patterns.empty()) diagnostic.help.push_back("write a value or delete the attribute");
    else if (!near) diagnostic.help.push_back(fmt::format("`{}` takes {}", rule.name, as_phrase(rule.type->documentation)));
    sink_.add(std::move(diagnostic));
  }

  // --- children

  // `needed`: what the element lacks; text in the wrong place may be it, which is one fault then.
  void check_text(const ElementRule& rule, const xml::Element& element, std::vector<std::string>& needed) {
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
      else if (!needed.empty()) diagnostic.help.push_back(fmt::format("put it into {}, which is missing", in_ticks(needed)));
      else diagnostic.help.push_back(fmt::format("put it into {}", in_ticks(rule.content.names)));
      needed.clear();
      sink_.add(std::move(diagnostic));
    }
  }

  void check_children(const ElementRule& rule, const xml::Element& element) {
    Walk walk{std::vector<const xml::Element*>(rule.content.states.size()), {}};
    std::size_t state = 0;
    for (const auto& node : element.children) {
      const auto* child = std::get_if<xml::Element>(&node);
      if (child == nullptr) continue;
      if (!rule.content.allows(child->name)) {
        stranger(rule, *child);
        continue;
      }
      auto next = follow(rule, state, child->name);
      if (!next) {
        // Something that must come before is missing, or comes too late: said once, then as if it had been there.
        const auto expected = expected_names(rule, state);
        if (expected.size() == 1 && !rule.content.states[state].accepting) {
          const auto skipped = *follow(rule, state, expected.front());
          next = follow(rule, skipped, child->name);
          if (next && first_child(element, expected.front()) == nullptr) missing(rule, element, expected);
        }
      }
      if (!next) {
        misplaced(rule, walk, *child);
        continue;
      }
      if (walk.left_by[state] == nullptr) walk.left_by[state] = child;
      walk.first.emplace(child->name, child);
      state = *next;
    }
    if (!rule.content.states[state].accepting) missing(rule, element, expected_names(rule, state));
  }

  // What was seen of the children so far.
  struct Walk {
    std::vector<const xml::Element*> left_by;               // of each state, the child that led out of it
    std::map<std::string_view, const xml::Element*> first;  // of each name
  };

  static std::optional<std::size_t> follow(const ElementRule& rule, std::size_t state, std::string_view name) {
    const auto& next = rule.content.states[state].next;
    const auto found = next.find(name);
    return found == next.end() ? std::nullopt : std::optional(found->second);
  }

  static std::vector<std::string> expected_names(const ElementRule& rule, std::size_t state) {
    std::vector<std::string> result;
    for (const auto& name : rule.content.names) {
      if (rule.content.states[state].next.contains(name)) result.push_back(name);
    }
    return result;
  }

  void missing(const ElementRule& rule, const xml::Element& element, const std::vector<std::string>& expected) {
    sink_.add(diag::at(element.name_span, Code::E0203, fmt::format("`<{}>` needs {}", rule.name, in_ticks(expected))).label("it is missing here")
                  .helps(fmt::format("add {} inside `<{}>`", in_ticks(expected), rule.name)));
  }

  void stranger(const ElementRule& rule, const xml::Element& child) {
    const bool known = grammar_.element(child.name) != nullptr;
    auto diagnostic = diag::at(child.name_span, Code::E0201, fmt::format("`<{}>` is not allowed inside `<{}>`", child.name, rule.name))
                          .label(known ? "not allowed here" : "unknown element");
    const auto parents = grammar_.parents(child.name);
    if (const auto meant = meant_child(rule, child.name)) {
      diagnostic.help.push_back(fmt::format("{}: `<{}>`", is_foreign(child.name) ? "here it is called" : "an element with a similar name exists", *meant));
      const bool has_end_tag = child.tag_span.end != child.span.end;
      if (!has_end_tag) diagnostic.fix = {{child.name_span, *meant}};
    } else if (rule.attribute(child.name) != nullptr) {
      diagnostic.help.push_back(fmt::format("`{0}` is an attribute: write `<{1} {0}=\"...\">`", child.name, rule.name));
    } else if (!parents.empty() && parents.size() <= 6) {
      diagnostic.help.push_back(fmt::format("`<{}>` belongs inside {}", child.name, in_ticks(parents)));
    } else if (rule.content.names.empty()) {
      diagnostic.help.push_back(rule.mixed ? fmt::format("`<{}>` holds plain text only", rule.name) : fmt::format("`<{}>` holds no elements", rule.name));
    } else {
      diagnostic.help.push_back(fmt::format("inside `<{}>` may stand {}", rule.name, in_ticks(rule.content.names)));
    }
    sink_.add(std::move(diagnostic));
  }

  // What a name that can't stand here may be meant for: what the thing is called here, or an element with a similar name.
  std::optional<std::string> meant_child(const ElementRule& rule, std::string_view name) const {
    for (const auto& [foreign, ours] : foreign_names) {
      if (foreign == name && rule.content.allows(ours) && !rule.content.allows(foreign)) return std::string(ours);
    }
    return grammar_.element(name) != nullptr ? std::nullopt : text::nearest(name, rule.content.names);
  }

  static bool is_foreign(std::string_view name) {
    return std::any_of(std::begin(foreign_names), std::end(foreign_names), [&](const auto& pair) { return pair.first == name; });
  }

  void misplaced(const ElementRule& rule, const Walk& walk, const xml::Element& child) {
    if (const auto first = walk.first.find(child.name); first != walk.first.end()) {
      sink_.add(diag::at(child.name_span, Code::E0202, fmt::format("a second `<{}>` in `<{}>`", child.name, rule.name)).label("again here")
                    .also(first->second->name_span, "first here").helps("keep one of the two"));
      return;
    }
    auto diagnostic = diag::at(child.name_span, Code::E0202, fmt::format("`<{}>` stands too late in `<{}>`", child.name, rule.name)).label("out of order");
    for (std::size_t state = 0; state < walk.left_by.size(); ++state) {
      if (walk.left_by[state] == nullptr || !follow(rule, state, child.name)) continue;
      diagnostic.help.push_back(fmt::format("move it before `<{}>`", walk.left_by[state]->name));
      diagnostic.secondary.push_back({walk.left_by[state]->name_span, "it comes before this"});
      break;
    }
    sink_.add(std::move(diagnostic));
  }

  // --- what XSD can't say

  // The children that the element lacks, but for those that are there under a misspelt name or as an attribute: that is
  // reported already.
  std::vector<std::string> missing_needs(const ElementRule& rule, const xml::Element& element) const {
    std::vector<std::string> result;
    for (const auto& name : rule.needs) {
      const auto stands_for = [&](const xml::Node& node) {
        const auto* child = std::get_if<xml::Element>(&node);
        return child != nullptr && (child->name == name || (!rule.content.allows(child->name) && meant_child(rule, child->name) == name));
      };
      if (element.attribute(name) != nullptr) continue;
      if (std::none_of(element.children.begin(), element.children.end(), stands_for)) result.push_back(name);
    }
    return result;
  }

  void check_notes(const ElementRule& rule, const xml::Element& element, const std::vector<std::string>& needed) {
    for (const auto& name : needed) {
      sink_.add(diag::at(element.name_span, Code::E0208, fmt::format("`<{}>` has no `<{}>`", rule.name, name)).label(fmt::format("needs `<{}>`", name))
                    .helps(fmt::format("add `<{}>`: {}", name, as_phrase(grammar_.element(name)->documentation))));
    }
    for (const auto& name : rule.once) {
      const xml::Element* first = first_child(element, name);
      for (const auto& node : element.children) {
        const auto* child = std::get_if<xml::Element>(&node);
        if (child == nullptr || child->name != name || child == first) continue;
        // Two wordings, each for variants of its own, are not twice the same; variants are looked at one by one.
        if (!one_variant_ && (is_selected(*first) || is_selected(*child))) continue;
        sink_.add(diag::at(child->name_span, Code::E0209, fmt::format("`<{}>` is given twice in `<{}>`", name, rule.name)).label("again here")
                      .also(first->name_span, "first here").helps("keep one of the two"));
      }
    }
  }

  static bool is_selected(const xml::Element& element) { return element.attribute("only") != nullptr || element.attribute("not") != nullptr; }

  static const xml::Element* first_child(const xml::Element& element, std::string_view name) {
    for (const auto& node : element.children) {
      const auto* child = std::get_if<xml::Element>(&node);
      if (child != nullptr && child->name == name) return child;
    }
    return nullptr;
  }

  const Grammar& grammar_;
  diag::Sink& sink_;
  bool one_variant_ = false;
  struct Binding {
    std::string_view prefix;
    bool is_xsi;
  };
  std::vector<Binding> bindings_;  // of namespace prefixes, innermost last
};

}  // namespace

void check_children(const Grammar& grammar, const xml::Element& document, diag::Sink& sink) {
  Validator(grammar, sink).children_alone(document);
}

void validate(const Grammar& grammar, std::string_view root, const xml::Element& document, diag::Sink& sink) {
  Validator(grammar, sink).root(root, document);
}

}  // namespace cvgen::schema
