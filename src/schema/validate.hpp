// Checks an element tree against the grammar: which elements, in which order, with which attributes and values.
#pragma once

#include "schema/grammar.hpp"

namespace cvgen::schema {

// Reports every departure from the grammar that XSD can express (E0201 to E0207). `root` is the name that the outermost
// element must have.
void validate(const Grammar& grammar, std::string_view root, const xml::Element& document, diag::Sink& sink);

// Reports children that are missing or given twice (E0208, E0209). Apart from the above, because it holds for a CV as one
// of its variants shows it: two titles are fine if no variant shows both.
void check_children(const Grammar& grammar, const xml::Element& document, diag::Sink& sink);

}  // namespace cvgen::schema
