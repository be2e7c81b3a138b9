#include "typeset/passes.hpp"

#include <doctest/doctest.h>

using namespace cvgen::typeset;

namespace {

const std::string plain = "\\relax \n\\@writefile{toc}{\\contentsline {section}{A}{1}{}}\n\\gdef \\@abspage@last{1}\n";
const std::string labels = plain + "\\newlabel{lastpage}{{}{1}{}{section*.1}{}}\n";

}  // namespace

TEST_CASE("passes: nothing that another pass would see") {
  CHECK_FALSE(needs_another_pass({}, {{"cv.aux", plain}}, false));
  CHECK_FALSE(needs_another_pass({}, {{"cv.aux", plain}, {"cv.out", ""}}, false));
  CHECK_FALSE(needs_another_pass({{"cv.aux", plain}}, {{"cv.aux", plain}}, true));
}

TEST_CASE("passes: labels, bookmarks, a wish, something unknown") {
  CHECK(needs_another_pass({}, {{"cv.aux", labels}}, false));
  CHECK(needs_another_pass({}, {{"cv.aux", plain}, {"cv.out", "\\BOOKMARK"}}, false));
  CHECK(needs_another_pass({}, {{"cv.aux", plain}}, true));
  CHECK(needs_another_pass({}, {{"cv.aux", plain + "\\something{new}\n"}}, false));
  CHECK(needs_another_pass({{"cv.aux", labels}}, {{"cv.aux", labels + "\\newlabel{a}{}"}}, false));
}

TEST_CASE("passes: a file without what does not matter") {
  CHECK(essence("cv.aux", plain) == "");
  CHECK(essence("cv.aux", labels) == "\\newlabel{lastpage}{{}{1}{}{section*.1}{}}\n");
  CHECK(essence("cv.toc", plain) == plain);
}
