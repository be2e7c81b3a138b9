// Which glyphs of its fonts a document has, as pdfTeX tells.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace cvgen::typeset {

// Of the fonts in a PDF, by the names of PostScript: the entries CharSet of all font descriptors (ISO 32000-1, table 122), in object
// streams or outside.
std::set<std::string> glyphs_in(std::string_view pdf);

// Whether the log tells of a glyph that a font file does not have.
bool lacks_glyphs(std::string_view log);

}  // namespace cvgen::typeset
