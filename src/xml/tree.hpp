// A well-formed XML text as a tree whose every part knows its place in the file. tinyxml2 stays behind this header.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "diag/diagnostic.hpp"

namespace cvgen::xml {

struct Attribute {
  std::string name;
  std::string value;  // references resolved, line breaks and tabs turned into blanks
  diag::Span name_span;
  diag::Span value_span;  // between the quotes
};

// Character data, references resolved; comments and processing instructions split it and are dropped.
struct Text {
  std::string value;
  diag::Span span;
  bool cdata = false;
};

struct Element;
using Node = std::variant<Element, Text>;

struct Element {
  std::string name;
  diag::Span name_span;  // in the start tag
  diag::Span tag_span;   // the whole start tag
  diag::Span span;       // from the start tag to the end tag
  std::vector<Attribute> attributes;
  std::vector<Node> children;

  const Attribute* attribute(std::string_view wanted) const;
  // The value of an attribute, or what to take instead if it is not there.
  std::string attribute_or(std::string_view wanted, std::string_view otherwise = {}) const;
};

// The elements among the children, in order.
std::vector<const Element*> children(const Element& element);

// The root element, or nothing if the text is too broken for a tree. Faults of form (E01xx) go into the sink; a tree
// may come with them, so that later phases can report theirs in the same run.
std::optional<Element> parse(const diag::Sources& sources, std::uint32_t file, diag::Sink& sink);

}  // namespace cvgen::xml
