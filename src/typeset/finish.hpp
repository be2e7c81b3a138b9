// What is done to a PDF after pdfTeX has made it.
#pragma once

#include <string>

namespace cvgen::typeset {

// The same pages in fewer bytes. pdfTeX keeps a place in its fonts for each of hundreds of subroutines that no chosen glyph calls, which
// makes up half of the file; they are left out, and streams that it left as they are get compressed, but for metadata. The bytes don't
// depend on whether some of these subroutines had been left out of its fonts before. What isn't laid out as pdfTeX does it stays as it is.
std::string finished(std::string pdf);

}  // namespace cvgen::typeset
