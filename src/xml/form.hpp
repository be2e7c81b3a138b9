// Checks that a text is well-formed XML 1.0 (5th edition) without a DTD, and tells a builder of all parts of its tree. It
// goes on after a fault, so that one run reports them all.
#pragma once

#include "xml/builder.hpp"
#include "xml/form_text.hpp"

namespace cvgen::xml {

// Deeper nesting is refused (E0113), so that no later phase can run out of stack.
constexpr std::size_t deepest_nesting = 64;

void scan(FormText& form, TreeBuilder& builder);

}  // namespace cvgen::xml
