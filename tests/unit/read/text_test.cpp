#include "read/text.hpp"

#include <doctest/doctest.h>

#include "parsed.hpp"

using namespace cvgen;

namespace {

// Runs as one line: `plain|B:bold|` and so on; `/` is a line break.
std::string shown(const std::string& content, model::Language language = model::Language::en) {
  const Parsed parsed("<p>" + content + "</p>");
  std::string result;
  for (const auto& run : read::text(parsed.root, language).runs) {
    if (!result.empty()) result += '|';
    if (run.line_break) { result += '/'; continue; }
    for (const auto& [mark, letter] : {std::pair{model::bold, 'B'}, {model::italic, 'I'}, {model::code, 'C'}, {model::subscript, 'D'}, {model::superscript, 'U'}}) {
      if ((run.marks & mark) != 0) result += letter;
    }
    if (!run.href.empty()) result += "<" + run.href + ">";
    if (run.marks != 0 || !run.href.empty()) result += ':';
    result += run.text;
  }
  return result;
}

}  // namespace

TEST_CASE("blanks collapse, also across marks") {
  struct Row {
    const char *content, *runs;
  };
  const Row rows[] = {
      {"", ""},
      {"  \n\t ", ""},
      {"a", "a"},
      {"  a \n\t b  ", "a b"},
      {"a <b>b</b> c", "a |B:b| c"},
      {"a <b> b </b> c", "a |B:b |c"},
      {"a<b> b </b>c", "a|B: b |c"},
      {"<b>a</b> <i>b</i>", "B:a| |I:b"},
      {"<b>a </b> <i> b</i>", "B:a |I:b"},
      {"<b>a </b>", "B:a"},
      {"<b> </b>", ""},
      {"a <b> </b>", "a"},
      {"a<b/>b", "a|b"},
      {"un<b>believ</b>able", "un|B:believ|able"},
      {"a\u00a0 \u00a0b", "a\u00a0 \u00a0b"},
      {"&#32;a&#10;b", "a b"},
      {"a<!-- c -->b", "a|b"},
      {"a <!-- c --> b", "a |b"},
      {"<![CDATA[a < b]]> c", "a < b| c"},
      {"e\u0301", "é"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.content);
    CHECK(shown(row.content) == row.runs);
  }
}

TEST_CASE("marks add up, links cover their marks") {
  CHECK(shown("<b>a<i>b<code>c</code></i></b>") == "B:a|BI:b|BIC:c");
  CHECK(shown("x<sup>2<sub>n</sub></sup>") == "x|U:2|DU:n");
  CHECK(shown("<a href='https://a.example'>a <b>b</b></a> c") == "<https://a.example>:a |B<https://a.example>:b| c");
  CHECK(shown("<b><a href=' #id '>a</a></b>") == "B<#id>:a");
}

TEST_CASE("line breaks swallow the blanks around them") {
  CHECK(shown("a <br/> b") == "a|/|b");
  CHECK(shown("a<br/><br/>b") == "a|/|/|b");
  CHECK(shown("<b>a <br/> b</b>") == "B:a|/|B:b");
  CHECK(shown("a<b> <br/> </b>b") == "a|/|b");
}

TEST_CASE("line breaks at the edges are dropped") {
  CHECK(shown("<br/>a<br/>") == "a");
  CHECK(shown(" <br/> <b><br/></b> a <br/> <br/> ") == "a");
  CHECK(shown("<br/>").empty());
  CHECK(shown("<b> <br/> </b>").empty());
}

TEST_CASE("quotation marks follow language and depth") {
  CHECK(shown("<q>a</q>") == "“|a|”");
  CHECK(shown("<q>a <q>b <q>c</q></q></q>") == "“|a |‘|b |“|c|”|’|”");
  CHECK(shown("<q>a</q> <q>b</q>") == "“|a|”| |“|b|”");
  CHECK(shown("<q>a</q>", model::Language::de) == "„|a|“");
  CHECK(shown("<q>a <q>b</q></q>", model::Language::fr) == "«\u00a0|a |“|b|”|\u00a0»");
  CHECK(shown("<q>a <q>b</q></q>", model::Language::nl) == "‘|a |“|b|”|’");
  CHECK(shown("<b><q>a</q></b>") == "B:“|B:a|B:”");
}

TEST_CASE("runs know their places") {
  const Parsed parsed("<p>one <b>two</b> <a href=\"https://a.example\">three</a><br/>four</p>");
  const auto text = read::text(parsed.root, model::Language::en);
  CHECK(parsed.slice(text.span) == "p");
  REQUIRE(text.runs.size() == 6);
  CHECK(parsed.slice(text.runs[0].span) == "one ");
  CHECK(parsed.slice(text.runs[1].span) == "two");
  CHECK(parsed.slice(text.runs[3].span) == "three");
  CHECK(parsed.slice(text.runs[3].href_span) == "https://a.example");
  CHECK(parsed.slice(text.runs[4].span) == "<br/>");
}

TEST_CASE("an element's own address covers its text; bullets below it are not its text") {
  const Parsed linked("<title href='https://a.example'>a <b>b</b></title>");
  const auto text = read::text(linked.root, model::Language::en);
  REQUIRE(text.runs.size() == 2);
  CHECK(text.runs[0].href == "https://a.example");
  CHECK(text.runs[1].href == "https://a.example");
  CHECK(model::plain(text) == "a b");
  CHECK(shown("a <highlights><item>b</item></highlights>") == "a");
}

TEST_CASE("values and contents are collapsed and composed") {
  const Parsed parsed("<email label='  a \t e\u0301 '>\n a@b.example <!-- c --></email>");
  CHECK(read::value(parsed.root, "label").value == "a é");
  CHECK(parsed.slice(read::value(parsed.root, "label").span) == "  a \t e\u0301 ");
  CHECK(read::value(parsed.root, "none").empty());
  CHECK(read::content(parsed.root).value == "a@b.example");
}
