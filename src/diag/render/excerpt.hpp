// One source line with marks under it, as in
//
//    |
// 13 |   <experiance>
//    |    ^^^^^^^^^^ unknown element
//
// in display columns: tabs expanded, controls made visible, wide characters counted as two, long lines cut to a window.
#pragma once

#include <string>
#include <vector>

#include "diag/source.hpp"

namespace cvgen::diag {

struct Mark {
  Span span;
  std::string text;
  bool primary;
};

struct Excerpt {
  std::string line;                // what is shown of the line
  std::vector<std::string> marks;  // one row for each mark: blanks, carets, text
};

// `marks` lie on the given line (a span that goes on below is cut at its end); at most `width` columns are shown.
Excerpt excerpt(const SourceFile& file, std::uint32_t line, const std::vector<Mark>& marks, int width);

}  // namespace cvgen::diag
