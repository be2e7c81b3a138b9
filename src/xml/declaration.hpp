// How a document begins: its encoding and the XML declaration, XML 1.0 sections 2.8 and 4.3.3.
#pragma once

#include <optional>

#include "xml/form_text.hpp"

namespace cvgen::xml {

// The offset behind byte order mark and declaration; nothing if the text can't be read on, which is reported.
std::optional<std::size_t> read_declaration(const FormText& form);

}  // namespace cvgen::xml
