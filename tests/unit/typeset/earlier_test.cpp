#include "typeset/earlier.hpp"

#include <doctest/doctest.h>

using namespace cvgen;

namespace {

const std::string aux = "\\relax \n\\@writefile{toc}{\\contentsline {section}{Work}{1}{section*.1}}\n", pages = "\\newlabel{lastpage}{{}{2}{}{section*.";

}  // namespace

TEST_CASE("what a document with some of the sections leaves") {
  const typeset::Memory measured = {{"cv.aux", aux}, {"cv.out", "\\BOOKMARK [1][]{section*.1}{Skills}{}% 1\n\\protect \\BOOKMARK [1][]{section*.2}{Work \\046 play}{}% 2\n\\BOOKMARK [1][]{section*.3}{Talks}{}% 3\n"}};
  const auto all = typeset::earlier_files(measured, {true, true, true}, 2);
  CHECK(all.at("cv.aux") == "\\relax \n" + pages + "3}{}}\n\\gdef \\@abspage@last{2}\n");
  CHECK(all.at("cv.out") == measured.at("cv.out"));
  const auto some = typeset::earlier_files(measured, {false, true, true}, 2);
  CHECK(some.at("cv.aux") == "\\relax \n" + pages + "2}{}}\n\\gdef \\@abspage@last{2}\n");
  CHECK(some.at("cv.out") == "\\protect \\BOOKMARK [1][]{section*.1}{Work \\046 play}{}% 1\n\\BOOKMARK [1][]{section*.2}{Talks}{}% 2\n");
  // Of one that makes no bookmarks; of one that makes others.
  CHECK_FALSE(typeset::earlier_files({{"cv.aux", aux}}, {true}, 1).contains("cv.out"));
  CHECK(typeset::earlier_files({{"cv.aux", aux}, {"cv.out", "\\BOOKMARK [2][]{subsection*.1}{Work}{}% 1\n"}}, {true}, 1).empty());
}
