// Checks an element tree against the grammar: which elements, in which order, with which attributes and values.
#pragma once

#include "diag/diagnostic.hpp"
#include "schema/grammar.hpp"
#include "xml/tree.hpp"

namespace cvgen::schema {

// Reports every departure from the grammar (E02xx). `root` is the name that the outermost
// element must have.
void validate(const Grammar& grammar, std::string_view root, const xml::Element& document, diag::Sink& sink);

// Reports children that are missing or given twice (E0208, E0209) in a CV as one
// of its variants shows it: two titles are fine if no variant shows both, none is not if a variant shows none.
void check_children(const Grammar& grammar, const xml::Element& document, diag::Sink& sink);

}  // namespace cvgen::schema
