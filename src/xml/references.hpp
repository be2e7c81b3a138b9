// The characters of text, values and comments: all allowed, all references known; and what they mean. XML 1.0 sections
// 2.2, 2.11, 3.3.3 and 4.1.
#pragma once

#include "xml/arena.hpp"
#include "xml/form_text.hpp"

namespace cvgen::xml {

enum class Place { text, value, cdata, aside };  // aside: comments and processing instructions

// Reports what is wrong in [begin, end). Whether what is written there is also what it means.
bool check_characters(const FormText& form, std::size_t begin, std::size_t end, Place place);

// What it means where that is not the same: references resolved (one to a name that is unknown stays as it is), a line end
// one character, in a value a blank as tabs are. What is no character of XML is left out.
std::string_view meaning(std::string_view written, Place place, Arena& memory);

}  // namespace cvgen::xml
