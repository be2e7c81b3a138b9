// Mixed content -> Text: marks and links gathered, blanks collapsed, characters composed (NFC).
#pragma once

#include "model/text.hpp"
#include "model/words.hpp"
#include "xml/tree.hpp"

namespace cvgen::read {

// The running text of an element; block elements in it (`highlights`) are left out.
model::Text text(const xml::Element& element, model::Language language);

// An attribute's value, or an element's text without marks; blanks collapsed, characters composed.
model::Located value(const xml::Element& element, std::string_view attribute);
model::Located content(const xml::Element& element);

}  // namespace cvgen::read
