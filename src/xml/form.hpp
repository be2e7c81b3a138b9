// Checks that a text is well-formed XML 1.0 (5th edition) without a DTD and splits it into tokens with exact spans.
// tinyxml2, which builds the tree, gives lines only and accepts much that is not well-formed; this fills both gaps.
// It goes on after a fault, so that one run reports them all.
#pragma once

#include <vector>

#include "diag/diagnostic.hpp"

namespace cvgen::xml {

struct AttributeToken {
  diag::Span name;
  diag::Span value;  // between the quotes
};

struct Token {
  enum class Kind { start, end, text, cdata, comment, instruction, doctype };
  Kind kind;
  diag::Span span;  // all of it, markup included
  diag::Span name;  // start and end tags
  std::vector<AttributeToken> attributes;
  bool empty = false;  // <a/>: no end token follows
};

// Deeper nesting is refused (E0113), so that no later phase can run out of stack.
constexpr std::size_t deepest_nesting = 64;

std::vector<Token> scan(const diag::Sources& sources, std::uint32_t file, diag::Sink& sink);

}  // namespace cvgen::xml
