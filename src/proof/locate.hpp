// Finds the fields of a CV in a text.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "proof/expected.hpp"
#include "proof/stream.hpp"

namespace cvgen::proof {

// A half-open range of characters of a stream.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;

  friend auto operator<=>(const Range&, const Range&) = default;
};

// A word that is not there, or not in one piece.
struct WordFault {
  std::size_t field = 0;
  std::string word;
  bool lost = true;
  Seam how = Seam::sound;  // if it is not lost
  Range where;             // likewise
};

struct Located {
  std::vector<std::vector<Range>> places;  // of each field: one, or one for each of its words if something parts them
  std::vector<WordFault> faults;
  std::size_t words = 0;
};

// Every occurrence serves one field only. Long fields choose first, since short ones occur inside them, and each takes
// the place nearest to the rest of its entry. Takes time in proportion to the fields, whatever the text.
Located locate(const Expected& expected, const Stream& text);

}  // namespace cvgen::proof
