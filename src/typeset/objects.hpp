// The objects of a PDF file (ISO 32000-1, 7.5), as pdfTeX lays it out: one section of cross-references at the end, as a table or as a
// stream.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace cvgen::typeset {

// Of one object from "5 0 obj" to "endobj" and what follows up to the next: what it is to be. Nothing: as it is.
using Change = std::function<std::optional<std::string>(std::string_view object)>;

// The same file with other objects in their places. Nothing if it isn't laid out like that, or if none was changed.
std::optional<std::string> with_objects(std::string_view pdf, const Change& change);

}  // namespace cvgen::typeset
