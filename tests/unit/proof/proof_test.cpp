#include <doctest/doctest.h>

#include "proof/compare.hpp"
#include "proof/order.hpp"
#include "typeset/pdftotext.hpp"

using namespace cvgen;
using namespace cvgen::proof;

namespace {

// Fields of one-based entries, one section each ten.
Expected fields(std::initializer_list<std::pair<std::size_t, const char*>> list) {
  Expected result;
  result.entries.push_back({0, "person"});
  for (const auto& [entry, text] : list) {
    while (result.entries.size() <= entry) result.entries.push_back({result.entries.size() / 10 + 1, text});
    result.fields.push_back({Role::part, entry, text, {{text, {}}}, {}});
  }
  return result;
}

std::vector<std::string> faults(std::initializer_list<std::pair<std::size_t, const char*>> list, std::string_view text) {
  const auto wanted = fields(list);
  std::vector<std::string> result;
  for (const auto& fault : locate(wanted, stream(text)).faults) result.push_back((fault.lost ? "lost " : fault.how == Seam::joined ? "joined " : fault.how == Seam::split ? "split " : "hyphenated ") + fault.word);
  return result;
}

std::vector<OrderFault::Kind> disorder(std::initializer_list<std::pair<std::size_t, const char*>> list, std::string_view text, std::size_t columns = 0) {
  const auto wanted = fields(list);
  const auto read = stream(text);
  std::vector<OrderFault::Kind> result;
  for (const auto& fault : order(wanted, locate(wanted, read), read, columns)) result.push_back(fault.kind);
  return result;
}

using Words = std::vector<std::string>;
using Kind = OrderFault::Kind;
using Kinds = std::vector<Kind>;

}  // namespace

TEST_CASE("texts are the same whatever their lines, blanks, normal form and ligatures") {
  for (const auto* text : {"two words", "two\nwords", "two \xC2\xA0\xE2\x80\x82 words", "Two Words", "\ftwo words\f"}) CHECK(faults({{1, "two words"}}, text).empty());
  CHECK(faults({{1, "é"}}, "e\u0301").empty());
  CHECK(faults({{1, "office"}}, "o\uFB03ce").empty());
  CHECK(faults({{1, "a\u200Bb"}}, "a\nb").empty());
  CHECK(faults({{1, "شكرا"}}, "\u202Bشكرا\u202C").empty());
  CHECK(faults({{1, "計算機科學"}}, "計算\n機科學").empty());
}

TEST_CASE("a line may end at a hyphen, which some readers then take away") {
  for (const auto* text : {"state-of-the-art", "state-\nof-the-art", "stateof-the-art"}) CHECK(faults({{1, "state-of-the-art"}}, text).empty());
  CHECK(faults({{1, "and/or"}}, "and/\nor").empty());
}

TEST_CASE("lost and broken words") {
  CHECK(faults({{1, "one two three"}}, "one three") == Words{"lost two"});
  CHECK(faults({{1, "experience"}}, "experi-\nence") == Words{"hyphenated experience"});
  CHECK(faults({{1, "experience"}}, "experi ence") == Words{"split experience"});
  CHECK(faults({{1, "London"}}, "Analyst,London") == Words{"joined London"});
  CHECK(faults({{1, "Analyst"}, {1, "London"}}, "AnalystLondon") == Words{"joined Analyst", "joined London"});
  CHECK(faults({{1, "(2024)"}, {1, "London"}}, "(2024)London") == Words{"joined London"});
}

TEST_CASE("from right to left, blanks and signs may be read on the other side of a number or a Latin word") {
  CHECK(faults({{1, "עברית and more"}}, "עבריתand more").empty());
  CHECK(faults({{1, "כותבת ב-Python ומלמדת"}}, "כותבת ב Python-ומלמדת").empty());
  CHECK(faults({{1, "بنسبة 18% خلال"}}, "بنسبة %18خلال").empty());
  CHECK(faults({{1, "שלום עולם"}}, "ש\nל\nו\nם\nע\nו\nל\nם").empty());
  CHECK(faults({{1, "שלום עולם"}}, "שלוםעולם") == Words{"joined שלום", "joined עולם"});
  CHECK(faults({{1, "שלום"}}, "של ום") == Words{"split שלום"});
  CHECK(faults({{1, "שלום"}}, "םולש") == Words{"lost שלום"});
}

TEST_CASE("the shapes of Arabic letters are these letters; where a mark is read does not matter") {
  CHECK(faults({{1, "سلمى"}}, "\uFEB3\uFEE0\uFEE4\uFEF0").empty());
  CHECK(faults({{1, "خلال"}}, "\uFEA7\uFEFC\uFEDD").empty());
  CHECK(faults({{1, "عمّان"}}, "عّمان").empty());
  CHECK(faults({{1, "के लिए"}}, "क े लिए").empty());
  CHECK(faults({{1, "x²"}}, "x2") == Words{"lost x²"});
}

TEST_CASE("an occurrence serves one field") {
  CHECK(faults({{1, "Best paper"}, {2, "Best paper"}}, "Best paper") == Words{"lost Best", "lost paper"});
  CHECK(faults({{1, "Best paper"}, {2, "Best paper"}}, "Best paper\nBest paper").empty());
}

TEST_CASE("Chinese may go on in another line anywhere, with another column beside it") {
  CHECK(faults({{1, "机器视觉工程师"}, {2, "Tutor"}}, "机器视 Tutor\n觉工程师").empty());
  CHECK(faults({{1, "机器视觉工程师"}}, "机器视工程师") == Words{"lost 机器视觉工程师"});
  CHECK(faults({{1, "工程师"}}, "师程工") == Words{"lost 工程师"});
}

TEST_CASE("a long text may go on below a date") {
  for (const auto* text : {"Tutor of machine 2001\nlearning\nMath Machine learning 2002 C++", "Machine learning 2002 C++ Math Tutor of machine 2001 learning"}) {
    CHECK(disorder({{1, "Math"}, {1, "Tutor of machine learning"}, {1, "2001"}, {20, "Machine learning"}, {20, "2002"}, {20, "C++"}}, text, 1).empty());
  }
}

TEST_CASE("what belongs together is read together, in whatever order within an entry") {
  for (const auto* text : {"Tutor 2001 Clerk 2002", "2001 Tutor 2002 Clerk", "2001 Tutor Clerk 2002"}) CHECK(disorder({{1, "Tutor"}, {1, "2001"}, {2, "Clerk"}, {2, "2002"}}, text).empty());
  CHECK(disorder({{1, "Tutor"}, {1, "2001"}, {2, "Clerk"}, {2, "2002"}}, "Tutor Clerk 2001 2002") == Kinds{Kind::apart, Kind::apart});
  CHECK(disorder({{1, "Tutor"}, {2, "Clerk"}, {3, "Baker"}}, "Tutor Baker Clerk") == Kinds{Kind::entry_order});
}

TEST_CASE("sections follow one another, unless they stand in columns") {
  CHECK(disorder({{9, "Tutor"}, {10, "Clerk"}, {20, "Baker"}}, "Tutor Clerk Baker").empty());
  CHECK(disorder({{9, "Tutor"}, {10, "Clerk"}, {20, "Baker"}}, "Clerk Tutor Baker") == Kinds{Kind::section_order});
  CHECK(disorder({{9, "Tutor"}, {10, "Clerk"}, {20, "Baker"}}, "Clerk Tutor Baker", 1).empty());
  CHECK(disorder({{8, "Tutor"}, {9, "Clerk"}, {10, "Baker"}}, "Tutor Baker Clerk") == Kinds{Kind::torn});
  CHECK(disorder({{8, "Tutor"}, {9, "Clerk"}, {10, "Baker"}}, "Tutor Baker Clerk", 1).empty());
}

TEST_CASE("a text of millions of the same word is read in time") {
  std::string text;
  for (int i = 0; i < 400'000; ++i) text += "word ";
  Expected wanted;
  wanted.entries.resize(2);
  for (int i = 0; i < 50; ++i) wanted.fields.push_back({Role::part, 1, "word word lost", {}, {}});
  CHECK(locate(wanted, stream(text)).faults.size() == 50);
}

TEST_CASE("what is no PDF is refused, and so is a missing pdftotext") {
  diag::Sink sink;
  CHECK(typeset::extract_text("/dev/null", "x", sink).empty());
  CHECK(typeset::extract_text("/dev/null", "x", sink, "no-such-program").empty());
  CHECK(sink.error_count() == 2);
}
