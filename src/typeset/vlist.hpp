// TeX's vertical list as plain values: what the page builder sees of a document. Lengths are in scaled points.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cvgen::typeset {

using Scaled = std::int64_t;  // 65536 to the point

constexpr Scaled point = 65536;
constexpr Scaled no_depth = -1000 * point;  // TeX's \prevdepth after a rule: no interline glue follows

struct Node {
  // The last three are not TeX's: how far something beside the text reaches below it, and what of that the text has used
  // up, so that a heading stays clear of what is left; and where no page may end if only a heading stands above.
  enum class Kind { box, rule, whatsit, glue, kern, penalty, rest, rest_less, keep };
  Kind kind = Kind::box;
  Scaled size = 0;   // height of a box or rule, width of glue or a kern, a rest
  Scaled depth = 0;  // of a box or rule
  Scaled stretch = 0;
  Scaled shrink = 0;
  int stretch_order = 0;  // 0: finite
  int penalty = 0;
  Scaled baselineskip = 0;  // of a box: the \baselineskip it was set with; 0: not known
  bool gap = false;         // of glue: grows and shrinks with the spacing
  bool parskip = false;

  // Glue after it is a place where a page may end.
  bool stays() const { return kind == Kind::box || kind == Kind::rule || kind == Kind::whatsit; }

  friend bool operator==(const Node&, const Node&) = default;
};

using VerticalList = std::vector<Node>;

// As text, and back: taken off the beginning; nothing if that is no list.
void write_list(const VerticalList& list, std::string& text);
std::optional<VerticalList> take_list(std::string_view& text);

// "12.34567" as TeX reads and prints it; a sign is allowed.
Scaled scaled_of(std::string_view digits);

// `factor` times a length, rounded as TeX does in \vskip <factor>\length.
Scaled multiply(std::string_view factor, Scaled length);

}  // namespace cvgen::typeset
