#include "schema/automaton.hpp"

namespace cvgen::schema {
namespace {

using xml::Element;
using Positions = std::set<std::size_t>;

// A part of a content model: whether it may be absent, and where it begins and ends.
struct Part {
  bool nullable = true;
  Positions first, last;
};

class Builder {
 public:
  explicit Builder(const Declarations& groups) : groups_(groups) {}

  Automaton run(const Element* particle) {
    names_ = {{}};
    follow_ = {{}};
    Part whole;
    if (particle != nullptr) whole = part(*particle);
    follow_[0] = whole.first;
    Automaton result{{names_.begin() + 1, names_.end()}, follow_, std::vector<bool>(names_.size())};
    result.accepting[0] = whole.nullable;
    for (const auto position : whole.last) result.accepting[position] = true;
    for (const auto& targets : follow_) {
      std::set<std::string_view> seen;
      for (const auto target : targets) {
        if (!seen.insert(names_[target]).second) unsupported("ambiguous content at " + std::string(names_[target]));
      }
    }
    return result;
  }

 private:
  Part part(const Element& particle) {
    auto result = bare(particle);
    const auto least = particle.attribute_or("minOccurs", "1");
    const auto most = particle.attribute_or("maxOccurs", "1");
    if ((least != "0" && least != "1") || (most != "1" && most != "unbounded")) unsupported("occurrence bounds " + std::string(least) + ".." + std::string(most));
    if (least == "0") result.nullable = true;
    if (most == "unbounded") connect(result.last, result.first);
    return result;
  }

  Part bare(const Element& particle) {
    if (particle.name == "xs:element") return element(particle);
    if (particle.name == "xs:group") {
      demand(particle, {"ref", "minOccurs", "maxOccurs"}, {});
      const auto& group = *declared(groups_, particle.attribute_or("ref"));
      demand(group, {"name"}, {"xs:choice", "xs:sequence"});  // no group: none can hold itself
      auto inner = xml::children(group);
      if (std::ranges::distance(inner) != 1) unsupported("group " + std::string(group.attribute_or("name")));
      return part(**inner.begin());
    }
    const bool is_choice = particle.name == "xs:choice";
    if (!is_choice && particle.name != "xs:sequence") unsupported("<" + std::string(particle.name) + "> in a content model");
    demand(particle, {"minOccurs", "maxOccurs"}, {"xs:element", "xs:group", "xs:choice", "xs:sequence"});
    Part result;
    bool begun = false;
    for (const auto* child : xml::children(particle)) {
      const auto next = part(*child);
      if (!begun) result = next;
      else if (is_choice) result = either(std::move(result), next);
      else result = both(std::move(result), next);
      begun = true;
    }
    return result;
  }

  Part element(const Element& particle) {
    demand(particle, {"ref", "minOccurs", "maxOccurs"}, {});
    const auto name = particle.attribute_or("ref");
    if (name.empty()) unsupported("a local element");
    const auto position = names_.size();
    names_.push_back(name);
    follow_.emplace_back();
    return {false, {position}, {position}};
  }

  static Part either(Part result, const Part& next) {
    result.nullable |= next.nullable;
    result.first.insert(next.first.begin(), next.first.end());
    result.last.insert(next.last.begin(), next.last.end());
    return result;
  }

  Part both(Part result, const Part& next) {
    connect(result.last, next.first);
    if (result.nullable) result.first.insert(next.first.begin(), next.first.end());
    if (!next.nullable) result.last.clear();
    result.last.insert(next.last.begin(), next.last.end());
    result.nullable &= next.nullable;
    return result;
  }

  void connect(const Positions& from, const Positions& to) {
    for (const auto position : from) follow_[position].insert(to.begin(), to.end());
  }

  const Declarations& groups_;
  std::vector<std::string_view> names_;  // of the positions; none of 0
  std::vector<Positions> follow_;
};

}  // namespace

Automaton automaton(const Element* particle, const Declarations& groups) { return Builder(groups).run(particle); }

}  // namespace cvgen::schema
