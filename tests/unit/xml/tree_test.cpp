#include "xml/tree.hpp"

#include <doctest/doctest.h>

#include "scanned.hpp"
#include "xml/characters.hpp"

using namespace cvgen;

namespace {

// (b:"bold")" "(i:"x"): elements with their names, texts in quotes.
std::string shown(const xml::Element& element) {
  std::string result;
  for (const auto& node : element.children) {
    if (const auto* text = std::get_if<xml::Text>(&node)) {
      result += "\"" + std::string(text->value) + "\"";
    } else {
      const auto& child = std::get<xml::Element>(node);
      result += "(" + std::string(child.name) + ":" + shown(child) + ")";
    }
  }
  return result;
}

}  // namespace

TEST_CASE("parse: blanks between marks are kept") {
  CHECK(shown(*Scanned("<p><b>a</b> <i>b</i>\n<q> </q></p>").root) == "(b:\"a\")\" \"(i:\"b\")\"\n\"(q:\" \")");
  CHECK(shown(*Scanned("<p> a <b/> b </p>").root) == "\" a \"(b:)\" b \"");
}

TEST_CASE("parse: references are resolved") {
  CHECK(shown(*Scanned("<p>&lt;&amp;&gt;&quot;&apos;&#65;&#x41;&#x1F600;&#32;</p>").root) == "\"<&>\"'AA😀 \"");
  CHECK(Scanned("<p a='&lt;&#10;x\ty\r\nz'/>").root->attribute("a")->value == "< x y z");
}

TEST_CASE("parse: CDATA is text and says so") {
  const Scanned s("<p>a<![CDATA[<b>&amp;]]>c</p>");
  CHECK(shown(*s.root) == R"("a""<b>&amp;""c")");
  CHECK_FALSE(std::get<xml::Text>(s.root->children[0]).cdata);
  CHECK(std::get<xml::Text>(s.root->children[1]).cdata);
}

TEST_CASE("parse: comments and instructions are dropped") {
  CHECK(shown(*Scanned("<?x?><!-- a --><p>a<!-- b -->c<?y z?>d<?xml-x?></p><!-- e --><?f?>").root) == R"("a""c""d")");
}

TEST_CASE("parse: line ends are one character") {
  CHECK(shown(*Scanned("<p>a\r\nb\rc\nd</p>").root) == "\"a\nb\nc\nd\"");
}

TEST_CASE("parse: every part knows its place") {
  const Scanned s("<cv version='1'>\n  <p id=\"x\">ab</p><br/>\n</cv>");
  CHECK(s.slice(s.root->tag_span) == "<cv version='1'>");
  const auto& p = std::get<xml::Element>(s.root->children[1]);
  CHECK(s.slice(p.name_span()) == "p");
  REQUIRE(p.name_spans().size() == 2);
  CHECK(p.name_spans()[0] == p.name_span());
  CHECK(s.slice(p.name_spans()[1]) == "p");
  CHECK(p.name_spans()[1].begin == std::get<xml::Text>(p.children[0]).span.end + 2);
  CHECK(s.slice(p.attribute("id")->name_span) == "id");
  CHECK(s.slice(p.attribute("id")->value_span) == "x");
  CHECK(s.slice(std::get<xml::Text>(p.children[0]).span) == "ab");
  const auto& br = std::get<xml::Element>(s.root->children[2]);
  CHECK(br.name_spans().size() == 1);
  CHECK(p.attribute("title") == nullptr);
}

TEST_CASE("parse: a tree despite faults that do not touch it, and none otherwise") {
  CHECK(Scanned("<p>R&D</p>").root.has_value());
  CHECK_FALSE(Scanned("<p><b></p>").root.has_value());
  CHECK_FALSE(Scanned("<!DOCTYPE p><p/>").root.has_value());
  CHECK_FALSE(Scanned("").root.has_value());
}

TEST_CASE("collapse") {
  CHECK(xml::collapse("") == "");
  CHECK(xml::collapse(" \t\r\n") == "");
  CHECK(xml::collapse(" a \n\t b ") == "a b");
  CHECK(xml::collapse("a\u00A0 ") == "a\u00A0");
}
