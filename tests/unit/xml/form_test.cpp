#include "xml/form.hpp"

#include <doctest/doctest.h>

#include <chrono>

#include "scanned.hpp"

using namespace cvgen;

namespace {

std::string repeated(std::string_view part, std::size_t count) {
  std::string result;
  result.reserve(part.size() * count);
  for (std::size_t i = 0; i < count; ++i) result += part;
  return result;
}

// Generous: linear work takes some ten milliseconds, quadratic work minutes.
constexpr std::chrono::seconds soon(5);

}  // namespace

TEST_CASE("scan: spans count bytes, also after a byte order mark") {
  const Scanned s("\xEF\xBB\xBF<cv é='ü'/>");
  CHECK(s.faults() == "");
  REQUIRE(s.root);
  CHECK(s.root->tag_span.begin == 3);
  CHECK(s.slice(s.root->attributes[0].name_span) == "é");
  CHECK(s.slice(s.root->attributes[0].value_span) == "ü");
}

TEST_CASE("scan: one mistake, one diagnostic, at the smallest place") {
  struct Row { std::string_view text, faults; };
  const Row rows[] = {
      {"<a>R&D</a>", "E0103 &"},
      {"<a>R & D</a>", "E0103 &"},
      {"<a>&nbsp;</a>", "E0103 &nbsp;"},
      {"<a>&#0;</a>", "E0114 &#0;"},
      {"<a>&#00000000000000000000000000000000000000000065;</a>", ""},
      {"<a>1 < 2</a>", "E0104 <"},
      {"<a b='1<2'/>", "E0104 <"},
      {"<a>\x01</a>", "E0102 \x01"},
      {"<a>]]></a>", "E0112 ]]>"},
      {"<a><!-- x -- y --></a>", "E0112 --"},
      {"<a><!-- x", "E0112 <!--"},
      {"<a><b></a>", "E0105 </a>"},
      {"<a><b><i>x</b></i></a>", "E0105 </b>"},
      {"<a><b>x</c></a>", "E0105 </c>"},
      {"<a><b></b></b></a>", "E0105 </b>"},
      {"<a></b></a>", "E0105 </b>"},
      {"<a></b>", "E0105 </b>"},
      {"<a><b>", "E0106 b"},
      {"<a><b x</a>", "E0107 <b|E0105 </a>"},
      {"<a><b>many words</b</a>", "E0107 </b"},
      {"<a>x</ a>", "E0107 </"},
      {"<a><b>x</></a>", "E0107 </"},
      {"<a b=c/>", "E0108 c"},
      {"<a b=c\"/>", "E0108 c\""},
      {"<a b=“c d” e='f'/>", "E0108 “c d”"},
      {"<a b/>", "E0108 b"},
      {"<a b c d e/>", "E0108 b"},
      {"<a b:\"c\" d='e'/>", "E0108 b:"},
      {"<a b \"c\" d='e'/>", "E0108 b"},
      {"<a b=\"c d=\"e\"/>", "E0108 \""},
      {"<a b=\"c/>\n", "E0108 \""},
      {"<a><a b=\"c/><d/></a>", "E0108 \""},
      {"<a b='c'd='e'/>", "E0108 d"},
      {"<a b='1' b='2' b='3'/>", "E0109 b|E0109 b"},
      {"<!DOCTYPE a [<!ENTITY b '>'>]><a/>", "E0110 <!DOCTYPE"},
      {"<a/>x", "E0111 x"},
      {"x<a/>", "E0111 x"},
      {"<a/><b/>", "E0111 <b"},
      {"", "E0111 "},
      {" <?xml version='1.0'?><a/>", "E0112 <?xml version='1.0'?>"},
      {"<?xml version='1.0' encoding='latin1'?><a/>", "E0101 latin1"},
      {"<?xml version='1.0' encoding='ascii'?><a/>", ""},
      {"<?xml version='1.0' encoding='ascii'?><a>é</a>", "E0101 ascii"},
      {"<a>\xE9</a>", "E0101 \xE9"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(Scanned(std::string(row.text)).faults() == row.faults);
  }
}

TEST_CASE("scan: several mistakes in one run") {
  const Scanned s("<cv><a>R&D</a><b c=d/><e>1 < 2</f><g/>&x;</cv>");
  CHECK(s.faults() == "E0103 &|E0108 d|E0104 <|E0105 </f>|E0103 &x;");
}

TEST_CASE("scan: fixes") {
  const auto fix = [](const std::string& text) {
    const Scanned s(text);
    const auto found = s.sink.sorted().at(0).fix;
    if (found.size() != 1) return std::string("none");
    return text.substr(0, found[0].span.begin) + found[0].replacement + text.substr(found[0].span.end);
  };
  CHECK(fix("<a>R&D</a>") == "<a>R&amp;D</a>");
  CHECK(fix("<a b='<'/>") == "<a b='&lt;'/>");
  CHECK(fix("<a b='c'd='e'/>") == "<a b='c' d='e'/>");
  CHECK(fix("<a b=c/>") == "<a b=\"c\"/>");
  CHECK(fix("<a b=c\"/>") == "<a b=\"c\"/>");
  CHECK(fix("<a b=“c d” />") == "<a b=\"c d\" />");
}

TEST_CASE("scan: the bound on depth") {
  const auto nested = [](std::size_t depth) { return repeated("<b>", depth) + repeated("</b>", depth); };
  CHECK(Scanned(nested(xml::deepest_nesting)).faults() == "");
  CHECK(Scanned(nested(xml::deepest_nesting + 1)).faults() == "E0113 b");
  CHECK(Scanned(nested(300'000)).faults() == "E0113 b");
  // An element without content lies on the last level and adds none.
  CHECK(Scanned(repeated("<b>", xml::deepest_nesting) + "<c/>" + repeated("</b>", xml::deepest_nesting)).faults() == "");
}

TEST_CASE("scan and parse: time grows with the size only") {
  const std::string texts[] = {
      "<cv>" + repeated("<a b='c'>d &amp; e</a>\n", 50'000) + "</cv>",
      "<cv>" + repeated("<!-- - -->", 100'000) + "</cv>",
      "<cv>" + repeated("</x>", 100'000),
      "<cv>" + repeated("<b><i></b>", 100'000) + "</cv>",
      "<cv " + repeated("a='' ", 100'000) + "/>",
      "<cv>" + repeated("<a b=\"", 100'000),
      "<cv>" + repeated("<a b='<", 100'000),
      "<cv>" + repeated("x<", 100'000),
      "<cv>&#" + std::string(1'000'000, '0') + "65;</cv>",
      "<cv>" + repeated("<![CDATA[]]>", 100'000) + "</cv>",
      "<cv/>" + repeated("x<a/>", 100'000),
      std::string(1'000'000, '<'),
      "<" + std::string(1'000'000, 'a') + "/>",
  };
  for (const auto& text : texts) {
    CAPTURE(text.substr(0, 30));
    const auto begin = std::chrono::steady_clock::now();
    const Scanned s(text);
    CHECK(std::chrono::steady_clock::now() - begin < soon);
  }
}
