// Commands that tell: explain, schema, list.
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "diag/codes.hpp"
#include "embedded.hpp"
#include "model/networks.hpp"
#include "model/words.hpp"
#include "read/text.hpp"
#include "schema/grammar.hpp"
#include "select/apply.hpp"
#include "text/similar.hpp"

namespace cvgen::cli {
namespace {

std::string element_page(const schema::ElementRule& rule, const schema::Grammar& grammar) {
  auto page = fmt::format("<{}>: {}\n", rule.name, rule.documentation);
  if (!rule.attributes.empty()) page += "\nAttributes:\n";
  for (const auto& attribute : rule.attributes) {
    page += fmt::format("  {:<10} {}{}\n", attribute.name, attribute.required ? "(required) " : "", attribute.documentation);
    for (const auto& value : attribute.type->enumeration) page += fmt::format("             - {}\n", value);
  }
  if (rule.mixed) page += "\nHolds text.\n";
  if (!rule.content.elements.empty()) page += "\nChildren:\n";
  for (const auto number : rule.content.elements) {
    const auto& child = grammar.elements[number];
    const bool needed = std::find(rule.needs.begin(), rule.needs.end(), number) != rule.needs.end();
    page += fmt::format("  {:<14} {}{}\n", child.name, needed ? "(required) " : "", child.documentation);
  }
  std::string parents;
  for (const auto& parent : grammar.parents(rule)) parents += fmt::format("{}<{}>", parents.empty() ? "" : " ", parent);
  if (!parents.empty()) page += fmt::format("\nStands in: {}\n", parents);
  return page;
}

std::string type_words(const model::SettingRule& rule) {
  std::string names;
  for (const auto& value : rule.values) names += (names.empty() ? "" : " ") + value.name.value;
  switch (rule.type) {
    case model::SettingType::choice:
    case model::SettingType::flag: return names;
    case model::SettingType::set: return "any of " + names;
    case model::SettingType::color: return names + ", or RRGGBB";
    case model::SettingType::length: return fmt::format("{} to {}", rule.min.value, rule.max.value);
    case model::SettingType::number: return fmt::format("{} to {}", rule.min.value, rule.max.value);
  }
  return {};
}

model::Template wanted_template(const Arguments& arguments) {
  Session session(arguments);
  return template_named(arguments.operands.size() > 1 ? arguments.operands[1] : std::string(default_template), session);
}

std::string templates(const Arguments& arguments) {
  Session session(arguments);
  std::string out;
  for (const auto& name : session.templates.names()) {
    session.templates.want(name, session.sources);
    if (const auto look = session.templates.take(name, session.sink)) out += fmt::format("{:<12} {}\n", name, look->summary);
  }
  session.report();
  if (session.sink.has_errors()) {
    print(out);
    throw Refused{session.verdict()};
  }
  return out;
}

std::string settings(const Arguments& arguments) {
  std::string out;
  for (const auto& rule : wanted_template(arguments).settings) {
    out += fmt::format("{}={}\n    {}\n    values: {}\n", rule.name.value, rule.default_value.value, rule.documentation, type_words(rule));
    if (!rule.tight.empty()) out += fmt::format("    to fit pages: down to {}{}\n", rule.tight.value, rule.loose.empty() ? "" : ", with --fill up to " + rule.loose.value);
  }
  return out;
}

std::string styles(const Arguments& arguments) {
  const auto look = wanted_template(arguments);
  const auto* rule = look.setting("style");
  std::string out;
  if (rule == nullptr) return out;
  for (const auto& value : rule->values) out += fmt::format("{}{}\n", value.name.value, value.name.value == rule->default_value.value ? " (default)" : "");
  return out;
}

std::string sections(const Arguments&) {
  const auto& grammar = schema::cv_grammar();
  std::string out;
  for (const auto number : grammar.element("cv")->content.elements) {
    const auto& [name, documentation] = std::pair(grammar.elements[number].name, grammar.elements[number].documentation);
    if (name != "person" && name != "template" && name != "variants" && name != "letter") out += fmt::format("{:<16} {}\n", name, documentation);
  }
  return out;
}

std::string networks(const Arguments&) {
  std::string out;
  for (const auto& network : model::networks()) out += fmt::format("{:<16} {}\n", network.name, network.prefix);
  return out;
}

std::string codes(const Arguments&) {
  std::string out;
  for (const auto& entry : diag::code_table()) out += fmt::format("{}  {}\n", entry.name, entry.title);
  return out;
}

std::string variants(const Arguments& arguments) {
  if (arguments.operands.size() < 2) throw UsageError("`cvgen list variants` needs a CV", "write `cvgen list variants cv.xml`");
  Session session(arguments);
  const auto input = open(arguments.operands[1], session);
  session.report();
  if (!input) throw Refused{session.verdict()};
  const auto all = select::count(input->document.root);
  std::string out;
  for (const auto& variant : input->variants) {
    xml::Arena memory;
    const auto kept = select::count(select::apply(input->document.root, variant, memory));
    std::string labels;
    for (const auto& label : variant.labels) labels += (labels.empty() ? "" : " ") + label.value;
    out += fmt::format("{:<16} {} of {} sections, {} of {} items", variant.name.empty() ? "(no variants)" : variant.name.value, kept.sections, all.sections, kept.items, all.items);
    if (!labels.empty()) out += fmt::format("; labels: {}", labels);
    if (variant.pages) out += fmt::format("; pages: {}", *variant.pages);
    if (!variant.template_name.empty()) out += fmt::format("; template: {}", variant.template_name.value);
    if (!variant.language.empty()) out += fmt::format("; language: {}", variant.language.value);
    out += "\n";
  }
  return out;
}

std::string letters(const Arguments& arguments) {
  if (arguments.operands.size() < 2) throw UsageError("`cvgen list letters` needs a CV", "write `cvgen list letters cv.xml`");
  Session session(arguments);
  const auto input = open(arguments.operands[1], session);
  session.report();
  if (!input) throw Refused{session.verdict()};
  const auto& root = input->document.root;
  const auto language = model::find_language(root.attribute_or("lang")).value_or(model::Language::en);
  std::string out;
  for (const auto* letter : select::letters(root)) {
    std::string about;
    for (const auto* child : xml::children(*letter)) {
      if (about.empty() && child->name == "subject") about = model::plain(read::text(*child, language));
    }
    out += about.empty() ? select::letter_name(*letter) + "\n" : fmt::format("{:<16} {}\n", select::letter_name(*letter), about);
  }
  return out;
}

struct Listing {
  std::string_view name;
  std::string (*make)(const Arguments&);
  bool takes_name;  // a template or a CV
};

constexpr Listing listings[] = {
    {"templates", templates, false}, {"settings", settings, true}, {"styles", styles, true},
    {"variants", variants, true}, {"letters", letters, true}, {"sections", sections, false}, {"networks", networks, false}, {"codes", codes, false},
};

}  // namespace

Exit explain(const Arguments& arguments) {
  auto name = arguments.operands.front();
  if (name.size() > 2 && name.starts_with('<') && name.ends_with('>')) name = name.substr(1, name.size() - 2);
  if (const auto code = diag::find_code(name)) {
    const auto& entry = diag::info(*code);
    print(fmt::format("{}: {}\n\n{}", entry.name, entry.title, entry.page));
    return Exit::ok;
  }
  const auto& grammar = schema::cv_grammar();
  if (const auto* rule = grammar.element(name)) {
    print(element_page(*rule, grammar));
    return Exit::ok;
  }
  // Codes are all alike; only names of elements are mistyped.
  const bool like_a_code = name.size() > 2 && name.find_first_not_of("0123456789", 1) == std::string::npos;
  if (like_a_code) throw UsageError(fmt::format("there is no code `{}`", name), "`cvgen list codes` shows them");
  std::vector<std::string> names;
  for (const auto& rule : grammar.elements) names.emplace_back(rule.name);
  throw UsageError(fmt::format("there is no code and no element `{}`", name), text::similar_or("element", name, names, "`cvgen list codes` and `cvgen list sections` show some"));
}

Exit schema(const Arguments& arguments) {
  if (!arguments.operands.empty() && arguments.operands.front() != "template") throw UsageError(fmt::format("there is no schema of `{}`", arguments.operands.front()), "write `cvgen schema` or `cvgen schema template`");
  print(std::string(arguments.operands.empty() ? embedded::schema() : embedded::template_schema()));
  return Exit::ok;
}

Exit list(const Arguments& arguments) {
  const auto& what = arguments.operands.front();
  std::vector<std::string> names;
  for (const auto& listing : listings) {
    if (listing.name != what) {
      names.emplace_back(listing.name);
      continue;
    }
    if (arguments.operands.size() > 1 && !listing.takes_name) throw UsageError(fmt::format("`cvgen list {}` has no use for `{}`", what, arguments.operands[1]), "only `settings`, `styles`, `variants` and `letters` take a name");
    print(listing.make(arguments));
    return Exit::ok;
  }
  throw UsageError(fmt::format("there is no list of `{}`", what), text::similar_or("list", what, names, "there are lists of templates, settings, styles, variants, letters, sections, networks and codes"));
}

}  // namespace cvgen::cli
