#include "read/template.hpp"

#include <doctest/doctest.h>

using namespace cvgen;

namespace {

struct Whole {
  diag::Sources sources;
  diag::Sink sink;
  std::string text;

  explicit Whole(std::string frame) {
    static const read::Part parts[] = {{"one", "parts/one.tex", "ONE\n"},         {"more", "parts/more.tex", "<<if a=b>>\n<<part one>>\n<<end>>\nMORE"},
                                       {"loop", "parts/loop.tex", "<<part via>>\n"}, {"via", "parts/via.tex", "VIA\n<<part loop>>\n"}};
    for (const auto& line : read::whole_frame(sources, sources.add("preamble.tex", std::move(frame)), parts, sink)) text += line.text + "\n";
  }
  diag::Diagnostic only() const {
    REQUIRE(sink.sorted().size() == 1);
    CHECK(sink.sorted().front().code == diag::Code::E0604);
    return sink.sorted().front();
  }
};

}  // namespace

TEST_CASE("a frame with its parts") {
  const Whole whole("a\n<<part more>>\n\n <<part one>>\n<<size>>\n");
  CHECK_FALSE(whole.sink.has_errors());
  CHECK(whole.text == "a\n<<if a=b>>\nONE\n<<end>>\nMORE\n\n <<part one>>\n<<size>>\n");
}

TEST_CASE("parts that can't be put in") {
  const Whole unknown("a\n<<part mor>>\nb\n");
  CHECK(unknown.only().message == "there is no part `mor` for a template");
  CHECK(unknown.only().help.front() == "a similar part exists: `more`");
  CHECK(unknown.sources.slice(unknown.only().primary->span) == "mor");
  CHECK(unknown.text == "a\nb\n");
  const Whole twice("<<part one>>\n<<part more>>\n");
  CHECK(twice.only().message == "the part `one` is pulled in twice");
  CHECK(twice.sources.file(twice.only().primary->span.file).name() == "parts/more.tex");
  CHECK(twice.sources.file(twice.only().secondary.front().span.file).name() == "preamble.tex");
  const Whole loop("<<part loop>>\n");
  CHECK(loop.only().message == "the part `loop` pulls itself in");
  CHECK(loop.text == "VIA\n");
}
