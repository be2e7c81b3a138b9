// Whether what belongs together is read together, and in order.
#pragma once

#include <string>
#include <vector>

#include "proof/locate.hpp"

namespace cvgen::proof {

struct OrderFault {
  enum class Kind {
    name_not_first,
    apart,         // a field, and what is read with it, from the rest of its entry
    entry_order,   // an entry before one that precedes it in its section
    section_order, // a section before one that precedes it
    torn,          // a section with another in the middle of it
    bullet_order,
    bullet_mark,   // a point not on the line of its mark
  };
  Kind kind;
  std::size_t field = 0;
};

// Contacts stand beside the text or at the foot of pages and part nothing. `columns` is how often the text may go on in
// another column, with what comes earlier or later in the file, or come back from one.
std::vector<OrderFault> order(const Expected& expected, const Located& located, const Stream& text, std::size_t columns);

// Faults that can be seen where columns are read across: only those of bullets.
std::vector<OrderFault> bullets(const Expected& expected, const Located& located, const Stream& text);

}  // namespace cvgen::proof
