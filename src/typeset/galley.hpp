// What a measuring run of TeX has set: the vertical list of the whole document, cut at the marks that the writer put
// before every heading and every part that can be left out.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "typeset/vlist.hpp"

namespace cvgen::typeset {

struct Measures {
  Scaled text_height = 0;
  Scaled top_skip = 0;
  Scaled max_depth = 0;
  Scaled baseline_skip = 0;
  Scaled line_skip = 0;
  Scaled line_skip_limit = 0;
  Scaled side_top = 0;  // what stands above the second column on the first page

  friend bool operator==(const Measures&, const Measures&) = default;
};

struct Galley {
  struct Piece {
    VerticalList own;       // up to the first part of it that has a mark of its own
    VerticalList bare;      // the same thing as it looks without those parts
    VerticalList list_end;  // what ends the list of its parts
    VerticalList after;     // what follows that list

    friend bool operator==(const Piece&, const Piece&) = default;
  };
  Measures measures;
  VerticalList start;                  // before the first mark
  std::vector<VerticalList> headings;  // by number of the heading
  std::vector<Piece> pieces;           // by number of the unit

  friend bool operator==(const Galley&, const Galley&) = default;
};

// From the log of a run with the commands of measuring_preamble(). Nothing if it isn't such a log.
std::optional<Galley> read_galley(std::string_view log, std::size_t headings, std::size_t pieces);

// LaTeX, to stand before \begin{document}. It defines
//   \cvunit{h 3} \cvunit{u 7} \cvunit{b 7} \cvunit{x 7} \cvunit{e}: a mark: here begins heading 3, unit 7, unit 7
//     without its parts; here ends the list of the parts of unit 7; here ends it all
//   \special{cv o 12.3}: by the template, points that stand above the second column on the first page
//   \cvchunk: makes the log begin a new box, since TeX's boxes are at most 5.7 m high; what follows does not depend on what is before
// and has TeX write the vertical list into the log instead of making pages.
std::string_view measuring_preamble();

}  // namespace cvgen::typeset
