// The text of a PDF as a program reads it, by poppler's pdftotext.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cvgen::typeset {

bool can_extract();
// In UTF-8. Nothing if pdftotext is not there or fails.
std::optional<std::string> text_of(std::string_view pdf);

}  // namespace cvgen::typeset
