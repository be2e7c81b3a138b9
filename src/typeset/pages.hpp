// How TeX breaks a vertical list into pages: the page builder of tex.web, sections 980 to 1028, without insertions.
#pragma once

#include "typeset/vlist.hpp"

namespace cvgen::typeset {

struct PageSize {
  Scaled height = 0;  // \vsize
  Scaled top_skip = 0;
  Scaled max_depth = 0;
};

struct Pages {
  int count = 0;
  Scaled last = 0;  // how far down the last page is used

  friend bool operator==(const Pages&, const Pages&) = default;
};

// Stops counting after `most` pages: a greater count means that there are more.
Pages break_pages(const VerticalList& list, const PageSize& size, int most);

}  // namespace cvgen::typeset
