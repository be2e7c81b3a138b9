#include "schema/faults.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "text/similar.hpp"

namespace cvgen::schema {
namespace {

using diag::Code;
using diag::Diagnostic;

// What people write who think of HTML or of other CV formats, and what it is called here.
constexpr std::pair<std::string_view, std::string_view> foreign_names[] = {
    {"strong", "b"},           {"em", "i"},        {"tt", "code"},           {"ul", "highlights"},      {"ol", "highlights"},
    {"bullets", "highlights"}, {"li", "item"},     {"bullet", "item"},       {"highlight", "item"},     {"company", "employer"},
    {"position", "title"},     {"city", "place"},  {"location", "place"},    {"school", "institution"}, {"university", "institution"},
    {"work", "experience"},    {"journal", "venue"}, {"conference", "venue"}, {"url", "link"},          {"address", "location"}};

// The words of the schema's documentation as part of a message: no capital, no full stop.
std::string as_phrase(std::string_view documentation) {
  std::string text(documentation);
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (text.size() > 1 && is_capital(text[0]) && !is_capital(text[1])) text[0] = static_cast<char>(text[0] + 32);
  if (text.ends_with('.') && !text.ends_with("..")) text.pop_back();
  return text;
}

template <class Names>
std::string in_ticks(const Names& names, std::string_view open = "`<", std::string_view close = ">`", std::string_view last = " or ") {
  std::string result;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) result += i + 1 == names.size() ? last : ", ";
    result += fmt::format("{}{}{}", open, names[i], close);
  }
  return result;
}

bool is_foreign(std::string_view name) {
  return std::any_of(std::begin(foreign_names), std::end(foreign_names), [&](const auto& pair) { return pair.first == name; });
}

}  // namespace

Diagnostic Faults::wrong_root(const xml::Element& root, std::string_view expected) const {
  const bool is_known = std::any_of(grammar_.elements.begin(), grammar_.elements.end(), [&](const ElementRule& rule) { return rule.name == root.name; });
  return diag::at(root.name_span(), Code::E0201, fmt::format("the document is a `<{}>`, not a `<{}>`", root.name, expected)).label("unexpected root element")
      .helps(is_known ? "a piece of a CV is read with it: name the file that includes this one" : fmt::format("a CV begins with `<{} version=\"1\">`", expected));
}

// --- attributes

Diagnostic Faults::missing_attribute(const ElementRule& rule, const xml::Element& element, const AttributeRule& missing) {
  const auto values = missing.type->enumeration;
  return diag::at(element.name_span(), Code::E0206, fmt::format("`<{}>` needs the attribute `{}`", rule.name, missing.name))
      .label(fmt::format("`{}` is missing", missing.name))
      .helps(fmt::format("add `{}=\"{}\"`: {}", missing.name, values.size() == 1 ? values.front() : "...", as_phrase(missing.documentation)));
}

Diagnostic Faults::unknown_attribute(const ElementRule& rule, const xml::Attribute& attribute, const AttributeRule* meant) const {
  auto diagnostic = diag::at(attribute.name_span, Code::E0205, fmt::format("`<{}>` has no attribute `{}`", rule.name, attribute.name)).label("unknown attribute");
  std::vector<std::string_view> names;
  for (const auto& known : rule.attributes) names.push_back(known.name);
  if (attribute.name == "xmlns") diagnostic.help.push_back("a CV is in no namespace; delete the attribute");
  else if (meant != nullptr) {
    diagnostic.help.push_back(fmt::format("a similar attribute exists: `{}`", meant->name));
    diagnostic.fix = {{attribute.name_span, std::string(meant->name)}};
  }
  else if (allows(rule, attribute.name)) diagnostic.help.push_back(fmt::format("`{0}` is an element: write `<{0}>...</{0}>` inside `<{1}>`", attribute.name, rule.name));
  else if (names.empty()) diagnostic.help.push_back(fmt::format("`<{}>` has no attributes", rule.name));
  else diagnostic.help.push_back(fmt::format("its attributes are {}", in_ticks(names, "`", "`")));
  return diagnostic;
}

Diagnostic Faults::wrong_value(const AttributeRule& rule, const xml::Attribute& attribute, std::string_view value) {
  const auto shown = attribute.value_span.begin == attribute.value_span.end ? attribute.name_span : attribute.value_span;
  auto diagnostic = value.empty() ? diag::at(shown, Code::E0207, fmt::format("`{}` is empty", rule.name))
                                  : diag::at(shown, Code::E0207, fmt::format("`{}` is not a value of `{}`", value, rule.name));
  const auto allowed = rule.type->enumeration;
  const auto near = value.empty() || allowed.size() == 1 ? std::nullopt : text::nearest(value, rule.type->words());
  if (near) {
    diagnostic.help.push_back(fmt::format("a similar value exists: `{}`", *near));
    diagnostic.fix = {{attribute.value_span, *near}};
  }
  if (allowed.size() == 1) diagnostic.help.push_back(fmt::format("the only value is `{}`", allowed.front()));
  else if (!allowed.empty()) diagnostic.help.push_back(fmt::format("allowed are {}", in_ticks(allowed, "`", "`", " and ")));
  else if (value.empty() && rule.type->patterns.empty()) diagnostic.help.push_back("write a value or delete the attribute");
  else if (!near) diagnostic.help.push_back(fmt::format("`{}` takes {}", rule.name, as_phrase(rule.type->documentation)));
  return diagnostic;
}

// --- children

Diagnostic Faults::text(const ElementRule& rule, diag::Span span, const std::vector<Number>& needed) const {
  auto diagnostic = diag::at(span, Code::E0204, fmt::format("text is not allowed inside `<{}>`", rule.name)).label("text");
  if (rule.content.elements.empty()) diagnostic.help.push_back(fmt::format("`<{}/>` has no content", rule.name));
  else if (!needed.empty()) diagnostic.help.push_back(fmt::format("put it into {}, which is missing", in_ticks(grammar_.names(needed))));
  else diagnostic.help.push_back(fmt::format("put it into {}", in_ticks(grammar_.names(rule.content.elements))));
  return diagnostic;
}

Diagnostic Faults::stranger(const ElementRule& rule, const Child& child) const {
  const auto& element = *child.element;
  auto diagnostic = diag::at(element.name_span(), Code::E0201, fmt::format("`<{}>` is not allowed inside `<{}>`", element.name, rule.name))
                        .label(child.rule != nullptr ? "not allowed here" : "unknown element");
  const auto parents = child.rule != nullptr ? grammar_.parents(*child.rule) : std::vector<std::string>();
  if (const auto meant = meant_child(rule, child); !meant.empty()) {
    diagnostic.help.push_back(fmt::format("{}: `<{}>`", is_foreign(element.name) ? "here it is called" : "a similar element exists", meant));
    for (const auto span : element.name_spans()) diagnostic.fix.push_back({span, std::string(meant)});
  } else if (rule.attribute(element.name) != nullptr) {
    diagnostic.help.push_back(fmt::format("`{0}` is an attribute: write `<{1} {0}=\"...\">`", element.name, rule.name));
  } else if (!parents.empty() && parents.size() <= 6) {
    diagnostic.help.push_back(fmt::format("`<{}>` belongs inside {}", element.name, in_ticks(parents)));
  } else if (rule.content.elements.empty()) {
    diagnostic.help.push_back(rule.mixed ? fmt::format("`<{}>` holds plain text only", rule.name) : fmt::format("`<{}>` holds no elements", rule.name));
  } else {
    diagnostic.help.push_back(fmt::format("inside `<{}>` may stand {}", rule.name, in_ticks(grammar_.names(rule.content.elements))));
  }
  return diagnostic;
}

Diagnostic Faults::missing(const ElementRule& rule, const xml::Element& element, const std::vector<Number>& expected) const {
  const auto names = in_ticks(grammar_.names(expected));
  return diag::at(element.name_span(), Code::E0203, fmt::format("`<{}>` needs {}", rule.name, names)).label("it is missing here")
      .helps(fmt::format("add {} inside `<{}>`", names, rule.name));
}

Diagnostic Faults::second(const ElementRule& rule, const xml::Element& child, const xml::Element& first) {
  return diag::at(child.name_span(), Code::E0202, fmt::format("a second `<{}>` in `<{}>`", child.name, rule.name)).label("again here")
      .also(first.name_span(), "first here").helps("keep one of the two");
}

Diagnostic Faults::late(const ElementRule& rule, const xml::Element& child, const xml::Element* later) {
  auto diagnostic = diag::at(child.name_span(), Code::E0202, fmt::format("`<{}>` stands too late in `<{}>`", child.name, rule.name)).label("out of order");
  if (later == nullptr) return diagnostic;
  diagnostic.help.push_back(fmt::format("move it before `<{}>`", later->name));
  diagnostic.secondary.push_back({later->name_span(), "it comes before this"});
  return diagnostic;
}

Diagnostic Faults::lacking(const ElementRule& rule, const xml::Element& element, Number child) const {
  const auto& lacked = grammar_.elements[child];
  return diag::at(element.name_span(), Code::E0208, fmt::format("`<{}>` has no `<{}>`", rule.name, lacked.name)).label(fmt::format("needs `<{}>`", lacked.name))
      .helps(fmt::format("add `<{}>`: {}", lacked.name, as_phrase(lacked.documentation)));
}

Diagnostic Faults::twice(const ElementRule& rule, const xml::Element& child, const xml::Element& first) {
  return diag::at(child.name_span(), Code::E0209, fmt::format("`<{}>` is given twice in `<{}>`", child.name, rule.name)).label("again here")
      .also(first.name_span(), "first here").helps("keep one of the two");
}

// --- names

bool Faults::allows(const ElementRule& rule, std::string_view name) const {
  const auto* known = grammar_.element(name);
  return known != nullptr && rule.content.allows(grammar_.number(*known));
}

std::string Faults::meant_child(const ElementRule& rule, const Child& child) const {
  const auto name = child.element->name;
  for (const auto& [foreign, ours] : foreign_names) {
    if (foreign == name && allows(rule, ours) && !allows(rule, foreign)) return std::string(ours);
  }
  return child.rule != nullptr ? std::string() : text::nearest(name, grammar_.names(rule.content.elements)).value_or("");
}

}  // namespace cvgen::schema
