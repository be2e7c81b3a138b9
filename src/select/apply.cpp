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

bool is_letter(const Element& child) { return child.name == "letter"; }

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

std::optional<Element> pruned(const Element& element, const Variant& variant, xml::Arena& memory) {
  if (!shows(element, variant)) return std::nullopt;
  const auto result = xml::with_children(element, memory, [&](const Element& child) { return pruned(child, variant, memory); });
  const bool lost = result.children.size() < element.children.size();
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

Element with_attribute(const Element& element, xml::Arena& memory, std::string_view name, const model::Located& value) {
  std::vector<xml::Attribute> attributes(element.attributes.begin(), element.attributes.end());
  std::erase_if(attributes, [&](const xml::Attribute& a) { return a.name == name; });
  attributes.push_back({name, memory.keep(value.value), value.span, value.span});
  auto result = element;
  result.attributes = memory.keep(std::span<const xml::Attribute>(attributes));
  return result;
}

// Nothing: nothing is left of the section.
std::optional<Element> ruled(const Element& section, const SectionRule& rule, xml::Arena& memory) {
  std::size_t count = 0;
  auto result = xml::with_children(section, memory, [&](const Element& item) {
    const bool stays = item.name == "p" || (is_chosen(item, rule) && (!rule.most || ++count <= *rule.most));
    return stays ? std::optional(item) : std::nullopt;
  });
  if (!rule.title.empty()) result = with_attribute(result, memory, "title", rule.title);
  return is_empty_container(result) ? std::nullopt : std::optional(result);
}

Element without_contacts(const Element& person, const Variant& variant, xml::Arena& memory) {
  return xml::with_children(person, memory, [&](const Element& contact) { return contains(variant.hide, contact.name) ? std::nullopt : std::optional(contact); });
}

std::optional<Element> chosen(Element section, const Variant& variant, xml::Arena& memory) {
  if (contains(variant.hide, section.name) || contains(variant.hide, attribute(section, "id"))) return std::nullopt;
  for (const auto& rule : variant.sections) {
    if (!is_called(section, rule.section.value)) continue;
    const auto left = ruled(section, rule, memory);
    if (!left) return std::nullopt;
    section = *left;
  }
  return section;
}

Element ordered(const Element& root, const Variant& variant, xml::Arena& memory) {
  if (variant.order.empty()) return root;
  const auto rank = [&](const Node& node) {
    const auto* section = std::get_if<Element>(&node);
    if (section == nullptr || !is_section(*section)) return std::size_t{0};
    const auto found = std::find_if(variant.order.begin(), variant.order.end(), [&](const model::Located& name) { return is_called(*section, name.value); });
    return static_cast<std::size_t>(found - variant.order.begin()) + 1;
  };
  std::vector<Node> children(root.children.begin(), root.children.end());
  std::stable_sort(children.begin(), children.end(), [&](const Node& a, const Node& b) { return rank(a) < rank(b); });
  auto result = root;
  result.children = memory.keep(std::span<const Node>(children));
  return result;
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
Element without_links(const Element& element, xml::Arena& memory, const std::set<std::string>& gone) {
  auto result = xml::with_children(element, memory, [&](const Element& child) { return std::optional(without_links(child, memory, gone)); });
  const auto dead = [&](const xml::Attribute& a) { return a.name == "href" && a.value.starts_with('#') && gone.contains(std::string(a.value.substr(1))); };
  if (std::any_of(element.attributes.begin(), element.attributes.end(), dead)) {
    std::vector<xml::Attribute> attributes(element.attributes.begin(), element.attributes.end());
    std::erase_if(attributes, dead);
    result.attributes = memory.keep(std::span<const xml::Attribute>(attributes));
  }
  return result;
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
  if (element.attributes.empty()) return true;
  const auto only = attribute(element, "only");
  const auto excluded = attribute(element, "not");
  return (only.empty() || matches(only, variant)) && (excluded.empty() || !matches(excluded, variant));
}

bool is_section(const Element& child) { return !is_letter(child) && child.name != "person" && child.name != "template" && child.name != "variants"; }

std::vector<const Element*> letters(const Element& root) {
  std::vector<const Element*> result;
  for (const auto* child : xml::children(root)) {
    if (is_letter(*child)) result.push_back(child);
  }
  return result;
}

std::string letter_name(const Element& letter) {
  auto name = attribute(letter, "name");
  return name.empty() ? "letter" : name;
}

Element without_letters(const Element& root, xml::Arena& memory) {
  return xml::with_children(root, memory, [](const Element& child) { return is_letter(child) ? std::nullopt : std::optional(child); });
}

Element letter_alone(const Element& root, const Element& letter, xml::Arena& memory) {
  const auto alone = xml::with_children(root, memory, [&](const Element& child) {
    const bool another = is_letter(child) && child.name_span() != letter.name_span();
    return is_section(child) || another ? std::nullopt : std::optional(child);
  });
  return without_dead_links(root, alone, memory);
}

Element without_dead_links(const Element& whole, const Element& part, xml::Arena& memory) {
  if (part.children.data() == whole.children.data()) return part;
  std::set<std::string> gone, left;
  collect_ids(whole, gone);
  collect_ids(part, left);
  for (const auto& id : left) gone.erase(id);
  return gone.empty() ? part : without_links(part, memory, gone);
}

Element apply(const Element& root, const Variant& variant, xml::Arena& memory) {
  auto result = xml::with_children(root, memory, [&](const Element& child) {
    const auto kept = pruned(child, variant, memory);
    if (!kept) return kept;
    if (kept->name == "person") return std::optional(without_contacts(*kept, variant, memory));
    return is_section(*kept) ? chosen(*kept, variant, memory) : kept;
  });
  result = ordered(result, variant, memory);
  if (!variant.language.empty()) result = with_attribute(result, memory, "lang", variant.language);
  return without_dead_links(root, result, memory);
}

std::vector<Element> parts(const Element& root, xml::Arena& memory) {
  constexpr std::size_t few = 64;
  std::vector<Element> result = {xml::with_children(root, memory, [](const Element& child) { return is_section(child) || is_letter(child) ? std::nullopt : std::optional(child); })};
  for (const auto& node : root.children) {
    const auto* section = std::get_if<Element>(&node);
    if (section == nullptr || !(is_section(*section) || is_letter(*section))) continue;
    auto part = *section;
    for (std::size_t i = 0; i == 0 || i < section->children.size(); i += few) {
      part.children = section->children.subspan(i, std::min(few, section->children.size() - i));
      result.push_back(root);
      result.back().children = memory.keep(std::span<const Node>(std::vector<Node>{part}));
      part.attributes = {};
    }
  }
  return result;
}

Count count(const Element& root) {
  Count result;
  for (const auto* section : xml::children(root)) {
    if (!is_section(*section)) continue;
    ++result.sections;
    for (const auto* item : xml::children(*section)) {
      const auto positions = std::ranges::count_if(xml::children(*item), [](const Element* e) { return e->name == "position"; });
      result.items += std::max<std::size_t>(1, static_cast<std::size_t>(positions)) + bullets(*item);
    }
  }
  return result;
}

}  // namespace cvgen::select
