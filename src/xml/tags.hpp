// Start tags: names and attributes, XML 1.0 sections 2.3 and 3.1.
#pragma once

#include "xml/builder.hpp"
#include "xml/form_text.hpp"

namespace cvgen::xml {

// Where the blanks, or the name, end that begin at an offset; there itself if there are none.
std::size_t blanks_end(std::string_view text, std::size_t begin);
std::size_t name_end(std::string_view text, std::size_t begin);

// Reads the tag that begins at an offset, up to and including its `>`, or as far as it can be made out; reports what is
// wrong with it.
void read_start_tag(FormText& form, std::size_t begin, StartTag& tag);

}  // namespace cvgen::xml
