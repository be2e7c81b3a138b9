#include "select/units.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "select/apply.hpp"
#include "xml/characters.hpp"

namespace cvgen::select {
namespace {

using xml::Element;
using xml::Node;

// These make one line with their neighbours of the same sort.
bool is_loose(const Element& element) {
  return element.name == "skill" || element.name == "mentee" || element.name == "interest" || element.name == "language";
}

std::string text_of(const Element& element) {
  std::string result;
  for (const auto& node : element.children) {
    if (const auto* text = std::get_if<xml::Text>(&node)) result += text->value;
    else if (const auto& child = std::get<Element>(node); child.name != "highlights") result += text_of(child) + (child.name == "br" ? " " : "");
  }
  return xml::collapse(result);
}

std::string shortened(const std::string& text) {
  constexpr std::size_t most = 50;
  if (text.size() <= most) return text;
  const auto blank = text.rfind(' ', most);
  auto end = blank == std::string::npos ? most : blank;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + " ...";
}

std::string name_of(const Element& element) {
  if (const auto* label = element.attribute("label")) return shortened(xml::collapse(label->value));
  for (const auto* wanted : {"title", "referee", "employer", "organization"}) {
    for (const auto* child : xml::children(element)) {
      if (child->name == wanted) return shortened(text_of(*child));
    }
  }
  return shortened(text_of(element));
}

// Not given: -1.
int weight_of(const Element& element) {
  const auto* attribute = element.attribute("weight");
  if (attribute == nullptr) return -1;
  const auto text = xml::collapse(attribute->value);
  if (text == "must") return must;
  int value = default_weight;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

class Finder {
 public:
  Units run(const Element& root) {
    for (const auto* section : xml::children(root)) {
      if (!is_section(*section) || xml::children(*section).empty()) continue;
      result_.sections.push_back(section->name_span());
      bool loose = false;
      for (const auto* child : xml::children(*section)) {
        if (is_loose(*child) && loose) result_.list.back().name += ", " + name_of(*child);
        else add(*child, Unit::Kind::entry, -1, weight_of(*child));
        loose = is_loose(*child);
      }
    }
    // What is in a unit weighs no more than the unit; what must be there needs what is around it.
    auto& list = result_.list;
    for (auto i = list.size(); i-- > 0;) {
      if (list[i].weight == must && list[i].parent >= 0) list[static_cast<std::size_t>(list[i].parent)].weight = must;
    }
    for (auto& unit : list) {
      if (unit.parent >= 0) unit.weight = std::min(unit.weight, list[static_cast<std::size_t>(unit.parent)].weight);
    }
    return std::move(result_);
  }

 private:
  void add(const Element& element, Unit::Kind kind, int parent, int given) {
    const auto me = static_cast<int>(result_.list.size());
    if (element.name == "employment") kind = Unit::Kind::frame;
    // An employment without a weight is worth as much as its positions.
    const int weight = given >= 0 ? given : kind == Unit::Kind::frame ? must - 1 : default_weight;
    result_.list.push_back({kind, element.name_span(), parent, static_cast<int>(result_.sections.size()) - 1, weight, name_of(element)});
    for (const auto* child : xml::children(element)) {
      if (child->name == "position") positions(*child, me, given);
      if (child->name != "highlights") continue;
      for (const auto* item : xml::children(*child)) {
        if (item->name == "item") add(*item, Unit::Kind::point, me, weight_of(*item));
      }
    }
    if (kind == Unit::Kind::frame && given == must) keep_one(me);
  }

  // A weight of the employment is that of its positions which have none.
  void positions(const Element& position, int employment, int inherited) {
    const auto own = weight_of(position);
    const auto me = result_.list.size();
    add(position, Unit::Kind::entry, employment, own < 0 ? inherited : own);
    result_.list[me].name += ", " + result_.list[static_cast<std::size_t>(employment)].name;
  }

  // An employment that must stay needs a position: the heaviest, the first of equals.
  void keep_one(int employment) {
    Unit* heaviest = nullptr;
    for (auto& unit : result_.list) {
      if (unit.parent == employment && (heaviest == nullptr || unit.weight > heaviest->weight)) heaviest = &unit;
    }
    if (heaviest != nullptr) heaviest->weight = must;
  }

  Units result_;
};

bool is_blank_text(const Node& node) {
  const auto* text = std::get_if<xml::Text>(&node);
  return text != nullptr && std::all_of(text->value.begin(), text->value.end(), xml::is_blank);
}

// Nothing: it is dropped, or all that it was there for is.
std::optional<Element> pruned(const Element& element, const std::set<diag::Span>& dropped, xml::Arena& memory) {
  if (dropped.contains(element.name_span())) return std::nullopt;
  bool lost = false;
  bool in_run = false;  // of loose things that go with the first of them
  const auto result = xml::with_children(element, memory, [&](const Element& child) -> std::optional<Element> {
    if (is_loose(child) && in_run) return std::nullopt;
    const auto kept = pruned(child, dropped, memory);
    in_run = is_loose(child) && !kept;
    lost = lost || !kept;
    return kept;
  });
  const auto matters = [&](const Node& node) {
    const auto* child = std::get_if<Element>(&node);
    if (child == nullptr) return !is_blank_text(node);
    return element.name != "employment" || child->name == "position";
  };
  return !lost || std::any_of(result.children.begin(), result.children.end(), matters) ? std::optional(result) : std::nullopt;
}

}  // namespace

Units units(const Element& root) { return Finder().run(root); }

Element without(const Element& root, const std::set<diag::Span>& units, xml::Arena& memory) {
  auto nothing = root;
  nothing.children = {};
  return without_dead_links(root, pruned(root, units, memory).value_or(nothing), memory);
}

}  // namespace cvgen::select
