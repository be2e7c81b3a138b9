#include "select/apply.hpp"

#include <algorithm>
#include <set>

#include "model/date.hpp"
#include "xml/characters.hpp"

namespace cvgen::select {
namespace {

using model::SectionRule;
using model::Variant;
using xml::Element;
using xml::Node;

bool contains(const std::vector<model::Located>& list, std::string_view name) {
  return !name.empty() && std::any_of(list.begin(), list.end(), [&](const model::Located& l) { return l.value == name; });
}

bool has_name(const Variant& variant, std::string_view name) { return variant.name.value == name || contains(variant.labels, name); }

std::string attribute(const Element& element, std::string_view name) {
  return xml::collapse(element.attribute_or(name));
}

bool is_called(const Element& section, std::string_view name) { return section.name == name || attribute(section, "id") == name; }

bool is_text(const Node& node) {
  const auto* text = std::get_if<xml::Text>(&node);
  return text != nullptr && !std::all_of(text->value.begin(), text->value.end(), xml::is_blank);
}

// Containers mean nothing without what they contain.
bool is_empty_container(const Element& element) {
  if (std::any_of(element.children.begin(), element.children.end(), is_text)) return false;
  for (const auto* child : xml::children(element)) {
    // An employer without a position left is no entry any more.
    if (element.name != "employment" || child->name == "position") return false;
  }
  return true;
}

std::optional<Element> pruned(const Element& element, const Variant& variant) {
  if (!shows(element, variant)) return std::nullopt;
  Element result{element.name, element.name_span, element.tag_span, element.span, element.attributes, {}};
  bool lost = false;
  for (const auto& node : element.children) {
    const auto* child = std::get_if<Element>(&node);
    if (child == nullptr) {
      result.children.push_back(node);
    } else if (auto kept = pruned(*child, variant)) {
      result.children.emplace_back(std::move(*kept));
    } else {
      lost = true;
    }
  }
  if (lost && is_empty_container(result)) return std::nullopt;
  return result;
}

// --- publications and entries by what they are

// First, or among the first who are all marked as having contributed equally.
bool first_author_is_me(const Element& publication) {
  for (const auto* list : xml::children(publication)) {
    if (list->name != "authors") continue;
    bool first = true;
    for (const auto* author : xml::children(*list)) {
      const bool equal = attribute(*author, "equal") == "yes";
      if (!first && !equal) return false;
      if (attribute(*author, "me") == "yes") return true;
      if (!equal) return false;
      first = false;
    }
  }
  return false;
}

bool ends_before(const Element& entry, int year) {
  auto end = attribute(entry, "to");
  if (end.empty()) end = attribute(entry, "date");
  if (end.empty()) end = attribute(entry, "from");
  const auto date = model::parse_date(end);
  return date && model::last_day(*date) < year * 10000;
}

bool is_chosen(const Element& item, const SectionRule& rule) {
  if (rule.since && ends_before(item, *rule.since)) return false;
  if (item.name != "publication") return true;
  if (!rule.kinds.empty() && !contains(rule.kinds, attribute(item, "kind"))) return false;
  if (rule.selected && attribute(item, "selected") != "yes") return false;
  return !rule.first_author || first_author_is_me(item);
}

void set_attribute(Element& element, std::string_view name, const model::Located& value) {
  std::erase_if(element.attributes, [&](const xml::Attribute& a) { return a.name == name; });
  element.attributes.push_back({std::string(name), value.value, value.span, value.span});
}

// False: nothing is left of the section.
bool apply_rule(Element& section, const SectionRule& rule) {
  std::size_t count = 0;
  const auto leave_out = [&](const Node& node) {
    const auto* item = std::get_if<Element>(&node);
    if (item == nullptr || item->name == "p") return false;
    if (!is_chosen(*item, rule)) return true;
    return rule.most && ++count > *rule.most;
  };
  std::erase_if(section.children, leave_out);
  if (!rule.title.empty()) set_attribute(section, "title", rule.title);
  return !is_empty_container(section);
}

void hide_contacts(Element& root, const Variant& variant) {
  for (auto& node : root.children) {
    auto* person = std::get_if<Element>(&node);
    if (person == nullptr || person->name != "person") continue;
    std::erase_if(person->children, [&](const Node& child) {
      const auto* contact = std::get_if<Element>(&child);
      return contact != nullptr && contains(variant.hide, contact->name);
    });
  }
}

void choose_sections(Element& root, const Variant& variant) {
  std::erase_if(root.children, [&](Node& node) {
    auto* section = std::get_if<Element>(&node);
    if (section == nullptr || !is_section(*section)) return false;
    if (contains(variant.hide, section->name) || contains(variant.hide, attribute(*section, "id"))) return true;
    for (const auto& rule : variant.sections) {
      if (is_called(*section, rule.section.value) && !apply_rule(*section, rule)) return true;
    }
    return false;
  });
  const auto rank = [&](const Node& node) {
    const auto* section = std::get_if<Element>(&node);
    if (section == nullptr || !is_section(*section)) return std::size_t{0};
    const auto found = std::find_if(variant.order.begin(), variant.order.end(), [&](const model::Located& name) { return is_called(*section, name.value); });
    return static_cast<std::size_t>(found - variant.order.begin()) + 1;
  };
  std::stable_sort(root.children.begin(), root.children.end(), [&](const Node& a, const Node& b) { return rank(a) < rank(b); });
}

std::size_t bullets(const Element& element) {
  std::size_t sum = 0;
  for (const auto* child : xml::children(element)) sum += (element.name == "highlights" ? 1 : 0) + bullets(*child);
  return sum;
}

void collect_ids(const Element& element, std::set<std::string>& ids) {
  if (auto id = attribute(element, "id"); !id.empty()) ids.insert(std::move(id));
  for (const auto* child : xml::children(element)) collect_ids(*child, ids);
}

// Links to what is left out become plain text.
void drop_links(Element& element, const std::set<std::string>& gone) {
  std::erase_if(element.attributes, [&](const xml::Attribute& a) { return a.name == "href" && a.value.starts_with('#') && gone.contains(a.value.substr(1)); });
  for (auto& node : element.children) {
    if (auto* child = std::get_if<Element>(&node)) drop_links(*child, gone);
  }
}

}  // namespace

bool matches(std::string_view selection, const Variant& variant) {
  while (!selection.empty()) {
    auto term = selection.substr(0, std::min(selection.find(' '), selection.size()));
    selection.remove_prefix(std::min(term.size() + 1, selection.size()));
    bool all = !term.empty();
    while (!term.empty()) {
      const auto name = term.substr(0, std::min(term.find('+'), term.size()));
      term.remove_prefix(std::min(name.size() + 1, term.size()));
      all = all && has_name(variant, name);
    }
    if (all) return true;
  }
  return false;
}

bool shows(const Element& element, const Variant& variant) {
  const auto only = attribute(element, "only");
  const auto excluded = attribute(element, "not");
  return (only.empty() || matches(only, variant)) && (excluded.empty() || !matches(excluded, variant));
}

bool is_section(const Element& child) { return child.name != "person" && child.name != "template" && child.name != "variants"; }

void drop_dead_links(const Element& whole, Element& part) {
  std::set<std::string> gone, left;
  collect_ids(whole, gone);
  collect_ids(part, left);
  for (const auto& id : left) gone.erase(id);
  if (!gone.empty()) drop_links(part, gone);
}

Element apply(const Element& root, const Variant& variant) {
  Element result{root.name, root.name_span, root.tag_span, root.span, root.attributes, {}};
  for (const auto* child : xml::children(root)) {
    if (auto kept = pruned(*child, variant)) result.children.emplace_back(std::move(*kept));
  }
  hide_contacts(result, variant);
  choose_sections(result, variant);
  if (!variant.language.empty()) set_attribute(result, "lang", variant.language);
  drop_dead_links(root, result);
  return result;
}

Count count(const Element& root) {
  Count result;
  for (const auto* section : xml::children(root)) {
    if (!is_section(*section)) continue;
    ++result.sections;
    for (const auto* item : xml::children(*section)) {
      const auto inner = xml::children(*item);
      const auto positions = std::count_if(inner.begin(), inner.end(), [](const Element* e) { return e->name == "position"; });
      result.items += std::max<std::size_t>(1, static_cast<std::size_t>(positions)) + bullets(*item);
    }
  }
  return result;
}

}  // namespace cvgen::select
