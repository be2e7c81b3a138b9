// The CV as a LaTeX document in the vocabulary that latex-templates/ gives a look.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/cv.hpp"
#include "model/template.hpp"
#include "write/latex/fonts.hpp"
#include "write/latex/lines.hpp"

namespace cvgen::latex {

struct Document {
  std::string text;
  std::size_t preamble_size = 0;       // so many bytes, up to the frame's <<document>>, are the same for every CV
  std::vector<diag::Span> line_spans;  // line n (from 1) came from line_spans[n - 1]; an empty span: of no one place
};

// For a document that TeX is to measure: numbers of the headings and units, by the span the model has of them, and what
// defines \cvunit and \cvchunk.
struct Marks {
  std::map<diag::Span, std::size_t> sections;
  std::map<diag::Span, std::size_t> units;
  std::string preamble;
};

// Which characters a lualatex document must have fonts for; empty: none but the template's own.
Wanted wanted_fonts(const model::Cv& cv, const model::ResolvedSettings& settings);

// The text of the CV must be printable. With fonts the document is for lualatex, else for pdflatex. A photo is referred to by
// `photo_name`, the file's name beside the document; empty: no photo.
Document document(const model::Cv& cv, const model::Template& look, const model::ResolvedSettings& settings, const std::string& photo_name,
                  const Fonts* fonts = nullptr, const Marks* marks = nullptr);

// Whether a section goes into the second column of a template: it has a line <<side>>, and a setting `side` that names kinds
// of sections.
bool in_side(const model::Section& section, const model::Template& look, const model::ResolvedSettings& settings);

// The same of commands that don't come from a CV.
Document document(const Lines& head, const Lines& body, const model::Template& look, const model::ResolvedSettings& settings);

}  // namespace cvgen::latex
