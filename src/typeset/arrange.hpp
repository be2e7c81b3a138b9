// The vertical list of a document in which only some parts are kept, put together from what was measured of all of them.
#pragma once

#include <string>
#include <vector>

#include "typeset/galley.hpp"

namespace cvgen::typeset {

// How the measured pieces hang together, in document order. A piece with parts is shown bare if none of them is kept.
struct Outline {
  struct Piece {
    int parent = -1;     // the piece it is a part of
    int heading = 0;
    bool point = false;  // set by \item, in a list of its parent
    bool side = false;   // it stands in the second column
  };
  std::vector<Piece> pieces;
};

// Where pieces meet, TeX's own rules are applied again: \addpenalty, \addvspace, glue between lines. `spacing` is the
// factor on gaps, as the template gets it. Of the second column if `side`.
VerticalList arrange(const Galley& galley, const Outline& outline, const std::vector<bool>& kept, const std::string& spacing, bool side = false);

}  // namespace cvgen::typeset
