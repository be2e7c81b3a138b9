// The CV as a LaTeX document in the vocabulary that latex-templates/ gives a look.
#pragma once

#include <string>
#include <vector>

#include "model/cv.hpp"
#include "model/template.hpp"

namespace cvgen::latex {

struct Document {
  std::string text;
  std::vector<diag::Span> line_spans;  // line n (from 1) came from line_spans[n - 1]; an empty span: of no one place
};

// The text of the CV must be printable. A photo is referred to by `photo_name`, the file's name beside the document;
// empty: no photo.
Document document(const model::Cv& cv, const model::Template& look, const model::ResolvedSettings& settings, const std::string& photo_name);

}  // namespace cvgen::latex
