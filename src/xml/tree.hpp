// A well-formed XML text as a tree whose every part knows its place in the file.
//
// Elements, attributes and texts are small values that point into memory held elsewhere: into the source file, and where
// references had to be resolved, into an Arena. A changed tree shares with the old one all that stayed the same.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "diag/diagnostic.hpp"
#include "xml/arena.hpp"

namespace cvgen::xml {

struct Attribute {
  std::string_view name;
  std::string_view value;  // references resolved, line breaks and tabs turned into blanks
  diag::Span name_span;
  diag::Span value_span;  // between the quotes
};

// Character data, references resolved; comments and processing instructions split it and are dropped.
struct Text {
  std::string_view value;
  diag::Span span;
  bool cdata = false;
};

struct Element;
using Node = std::variant<Element, Text>;

struct Element {
  std::string_view name;
  std::span<const Attribute> attributes;
  std::span<const Node> children;
  diag::Span tag_span;         // the whole start tag
  std::uint32_t end_name = 0;  // where the name begins in the end tag; 0: it has none

  diag::Span name_span() const { return {tag_span.file, tag_span.begin + 1, tag_span.begin + 1 + static_cast<std::uint32_t>(name.size())}; }
  // Every place of the name: in the start tag, and if there is one in the end tag.
  std::vector<diag::Span> name_spans() const;

  const Attribute* attribute(std::string_view wanted) const {
    for (const auto& one : attributes) {
      if (one.name == wanted) return &one;
    }
    return nullptr;
  }
  // The value of an attribute, or what to take instead if it is not there.
  std::string_view attribute_or(std::string_view wanted, std::string_view otherwise = {}) const;
};

// The elements among the children, in order, as pointers. (A view of the standard library would do, but for clang 14.)
class Children {
 public:
  class Iterator {
   public:
    using value_type = const Element*;
    using difference_type = std::ptrdiff_t;

    Iterator() = default;
    Iterator(const Node* at, const Node* end) : at_(at), end_(end) { skip(); }
    const Element* operator*() const { return std::get_if<Element>(at_); }
    Iterator& operator++() {
      ++at_;
      skip();
      return *this;
    }
    Iterator operator++(int) {
      auto before = *this;
      ++*this;
      return before;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

   private:
    void skip() {
      while (at_ != end_ && !std::holds_alternative<Element>(*at_)) ++at_;
    }
    const Node* at_ = nullptr;
    const Node* end_ = nullptr;
  };

  explicit Children(const Element& element) : nodes_(element.children) {}
  Iterator begin() const { return {nodes_.data(), nodes_.data() + nodes_.size()}; }
  Iterator end() const { return {nodes_.data() + nodes_.size(), nodes_.data() + nodes_.size()}; }
  bool empty() const { return begin() == end(); }

 private:
  std::span<const Node> nodes_;
};

inline Children children(const Element& element) { return Children(element); }

// The element with `change` applied to each child element: std::optional<Element>(const Element&), nothing to leave it out.
template <class Change>
Element with_children(const Element& element, Arena& memory, Change change) {
  std::vector<Node> changed;
  bool same = true;
  for (std::size_t i = 0; i < element.children.size(); ++i) {
    const auto& node = element.children[i];
    const auto* child = std::get_if<Element>(&node);
    const auto next = child == nullptr ? std::optional<Element>() : change(*child);
    const bool kept = child == nullptr || (next && next->children.data() == child->children.data() && next->children.size() == child->children.size() &&
                                           next->attributes.data() == child->attributes.data() && next->attributes.size() == child->attributes.size());
    if (same && kept) continue;
    if (same) changed.assign(element.children.begin(), element.children.begin() + static_cast<std::ptrdiff_t>(i));
    same = false;
    if (kept) changed.push_back(node);
    else if (next) changed.emplace_back(*next);
  }
  auto result = element;
  if (!same) result.children = memory.keep(std::span<const Node>(changed));
  return result;
}

struct Document {
  Element root;
  std::unique_ptr<Arena> memory;
};

// The tree of a file, which must outlive it, or nothing if the text is too broken for one. Faults of form (E01xx) go into
// the sink; a tree may come with them, so that later phases can report theirs in the same run.
std::optional<Document> parse(const diag::Sources& sources, std::uint32_t file, diag::Sink& sink);

}  // namespace cvgen::xml
