// The text of a PDF as poppler's pdftotext reads it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"

namespace cvgen::typeset {

enum class ReadingOrder { page, layout, stream };  // as it looks, columns side by side, as it was written

struct Extraction {
  ReadingOrder order;
  std::string name;  // "pdftotext -raw"
  std::string text;  // UTF-8; each page ends with a form feed
};

// In all three orders. `pdf` is a file's name; the PDF may be anything, and is read within limits of time, memory and
// size. Nothing: the sink knows why (E0803, E0804), unless cvgen was interrupted. `shown` is its name in messages.
std::vector<Extraction> extract_text(const std::string& pdf, std::string_view shown, diag::Sink& sink, const std::string& program = "pdftotext");

}  // namespace cvgen::typeset
