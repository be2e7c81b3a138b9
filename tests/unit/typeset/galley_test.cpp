#include "typeset/galley.hpp"

#include <doctest/doctest.h>

#include "typeset/arrange.hpp"

using namespace cvgen::typeset;
using Kind = Node::Kind;

namespace {

// A heading, an entry with two bullets, a line; then the entry as it is without bullets.
constexpr std::string_view log_text = R"(This is pdfTeX
.\hbox(1.0+1.0)x1.0 []
cv sizes 700.0 10.0 5.0 12.0 1.0 0.0
Completed box being shipped out [1]
\vbox(2003.4+0.0)x506.1
.\glue(\topskip) 2.0
.\hbox(8.0+2.0)x100.0 []
.\glue 20.0 plus 0.00002filll
.\special{cv h 0}
.\penalty -200
.\glue 9.0 plus 0.00002filll
.\glue(\parskip) 0.0
.\glue(\baselineskip) 2.0
.\hbox(8.0+2.0)x100.0, glue set 1.0fil []
.\penalty 10000
.\glue 3.0
.\special{cv u 0}
.\glue(\baselineskip) 2.0
.\hbox(8.0+2.0)x100.0 []
.\penalty 10000
.\special{cv u 1}
.\glue(\baselineskip) 1.0
.\hbox(7.0+1.0)x90.0, shifted 10.0 []
.\special{cv u 2}
.\penalty -51
.\glue 0.5
.\glue(\baselineskip) 2.0
.\hbox(7.0+1.0)x90.0, shifted 10.0 []
.\penalty -51
.\special{cv x 0}
.\glue 4.0 plus 0.00002filll
.\special{cv u 3}
.\glue(\baselineskip) 3.0
.\hbox(8.0+2.0)x100.0 []
.\special{cv b 0}
.\glue(\baselineskip) 2.0
.\hbox(8.0+2.0)x100.0 []
.\glue 4.0 plus 0.00002filll
.\special{cv e}
)";

const Outline outline = {{{-1, 0, false}, {0, 0, true}, {0, 0, true}, {-1, 0, false}}};

std::vector<int> points(const VerticalList& list) {
  std::vector<int> result;
  for (const auto& node : list) result.push_back(static_cast<int>(node.kind == Kind::penalty ? node.penalty : node.size / point));
  return result;
}

}  // namespace

TEST_CASE("galley: cut at the marks") {
  const auto galley = read_galley(log_text, 1, 4);
  REQUIRE(galley);
  CHECK(galley->measures.text_height == 700 * point);
  CHECK(points(galley->start) == std::vector<int>{8, 20});
  CHECK(galley->start.back().gap);
  CHECK(galley->headings[0].size() == 6);
  CHECK(galley->headings[0][3].baselineskip == 12 * point);
  CHECK(points(galley->pieces[2].own) == std::vector<int>{-51, 0, 7});
  CHECK(points(galley->pieces[0].list_end) == std::vector<int>{-51});
  CHECK(points(galley->pieces[0].after) == std::vector<int>{4});
  CHECK(points(galley->pieces[0].bare) == std::vector<int>{8, 4});
}

TEST_CASE("galley: not the log of a measuring run") {
  CHECK_FALSE(read_galley("", 1, 1));
  CHECK_FALSE(read_galley(log_text, 1, 2));
  CHECK_FALSE(read_galley(log_text.substr(0, 400), 1, 4));
}

TEST_CASE("arrange: joins as TeX makes them") {
  const auto galley = *read_galley(log_text, 1, 4);
  // The gap above the heading is the greater of two; its penalty comes between glue taken back and put again.
  CHECK(points(arrange(galley, outline, {false, false, false, true}, "1")) == std::vector<int>{8, 20, -22, -200, 2, 20, 0, 2, 8, 10000, 3, 2, 8});
  // With half the spacing.
  CHECK(points(arrange(galley, outline, {false, false, false, true}, "0.5"))[1] == 10);
}

TEST_CASE("arrange: bullets") {
  const auto galley = *read_galley(log_text, 1, 4);
  const auto entry = [&](const std::vector<bool>& kept) {
    auto all = points(arrange(galley, outline, kept, "1"));
    return std::vector<int>(all.begin() + 11, all.end());
  };
  CHECK(entry({true, true, true, false}) == std::vector<int>{2, 8, 10000, 1, 7, -51, 0, 2, 7, -51, 4});
  // The second takes the place of the first.
  CHECK(entry({true, false, true, false}) == std::vector<int>{2, 8, 10000, 1, 7, -51, 4});
  // None: as it is without bullets.
  CHECK(entry({true, false, false, true}) == std::vector<int>{2, 8, 4, 2, 8});
}
