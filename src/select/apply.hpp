// A CV as one of its variants shows it. Works on the element tree, before reading, so that every element can be chosen
// and the phases after it know nothing of variants.
#pragma once

#include "model/variant.hpp"
#include "xml/tree.hpp"

namespace cvgen::select {

// `only` and `not` of an element, as in "short+ml web": does the variant have all names of one of the terms?
bool matches(std::string_view selection, const model::Variant& variant);

// Whether an element is left in by its own `only` and `not`.
bool shows(const xml::Element& element, const model::Variant& variant);

// The tree without what the variant doesn't show, without parents that this emptied, its sections chosen, ordered and
// named as the variant says. What is new in it is kept in `memory`; it shares the rest.
xml::Element apply(const xml::Element& root, const model::Variant& variant, xml::Arena& memory);

// Links of `part` to what `whole` has and it has not are plain text.
xml::Element without_dead_links(const xml::Element& whole, const xml::Element& part, xml::Arena& memory);

// Is this child of the root a section? (Not person, template, variants or a letter.)
bool is_section(const xml::Element& child);

// The letters, in document order, and the name of one: `letter` if it says none.
std::vector<const xml::Element*> letters(const xml::Element& root);
std::string letter_name(const xml::Element& letter);

// The CV without its letters, or one of the letters without the CV's sections.
xml::Element without_letters(const xml::Element& root, xml::Arena& memory);
xml::Element letter_alone(const xml::Element& root, const xml::Element& letter, xml::Arena& memory);

// Cut into small trees that follow each other: what is no section, then the sections and letters, each a few items at a time, of which
// only the first have its attributes.
std::vector<xml::Element> parts(const xml::Element& root, xml::Arena& memory);

// What a reader counts: sections, and the entries, points and bullets in them.
struct Count {
  std::size_t sections = 0;
  std::size_t items = 0;
};
Count count(const xml::Element& root);

}  // namespace cvgen::select
