// The characters of text, values and comments: all allowed, all references known. XML 1.0 sections 2.2 and 4.1.
#pragma once

#include "xml/form_text.hpp"

namespace cvgen::xml {

// Reports what is wrong in [begin, end); without `references` an `&` is a character like others.
void check_characters(const FormText& form, std::size_t begin, std::size_t end, bool references);

}  // namespace cvgen::xml
