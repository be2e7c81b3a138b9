#include "write/latex/document.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include "../read/parsed.hpp"

using namespace cvgen;

namespace {

model::Template look_of(std::string frame) {
  model::Template look;
  look.name = "test";
  std::istringstream lines(frame);
  for (std::string line; std::getline(lines, line);) look.frame.push_back({line, {}});
  return look;
}

const std::string person = "<person><name given='Ada' family='Lovelace'/><headline>Analyst</headline><email>ada@a.example</email></person>";

// The line of the LaTeX and the text of its span, for all lines that have one.
std::vector<std::pair<std::string, std::string>> lines_of(const Parsed& parsed, const latex::Document& document) {
  std::vector<std::pair<std::string, std::string>> result;
  std::size_t begin = 0;
  for (const auto& span : document.line_spans) {
    const auto end = document.text.find('\n', begin);
    REQUIRE(end != std::string::npos);
    if (!(span == diag::Span{})) result.emplace_back(document.text.substr(begin, end - begin), parsed.slice(span));
    begin = end + 1;
  }
  CHECK(begin == document.text.size());
  return result;
}

}  // namespace

TEST_CASE("placeholders of the frame") {
  const Parsed parsed("<cv version='1'>" + person + "<summary><p>5 ≤ 6</p></summary></cv>");
  const auto look = look_of("\\documentclass[<<size>>]{<<class>>}\n\nfixed << 1\n");
  CHECK_THROWS(latex::document(parsed.cv(), look, {{"size", "11pt"}, {"class", "x"}}, ""));  // `<<` with nothing known
  const auto good = look_of("a<<size>>b<<class>>\n<<off>>\n\n<<head>>\n--\n<<body>>\n<<characters>>\nend");
  const auto document = latex::document(parsed.cv(), good, {{"size", "11pt"}, {"class", "x"}, {"off", ""}}, "");
  CHECK(document.text ==
        "a11ptbx\n"
        "\n"
        "\\name{Ada}{Lovelace}\n"
        "\\title{Analyst}\n"
        "\\cvcontact{email}{mailto:ada@a.example}{ada@a.example}\n"
        "--\n"
        "\\section{Summary}\n"
        "\\cvparagraph{5 ≤ 6}\n"
        "\\DeclareUnicodeCharacter{2264}{\\cvsign{20}}\n"
        "end\n");
}

TEST_CASE("conditions of the frame") {
  const Parsed parsed("<cv version='1'>" + person + "</cv>");
  const auto look = look_of("<<if style=a b>>\nAB\n<<else>>\nOTHER\n<<end>>\nALL\n<<if style=c>>\nC\n<<end>>\n");
  CHECK(latex::document(parsed.cv(), look, {{"style", "a"}}, "").text == "AB\nALL\n");
  CHECK(latex::document(parsed.cv(), look, {{"style", "b"}}, "").text == "AB\nALL\n");
  CHECK(latex::document(parsed.cv(), look, {{"style", "c"}}, "").text == "OTHER\nALL\nC\n");
  CHECK(latex::document(parsed.cv(), look, {{"style", "ab"}}, "").text == "OTHER\nALL\n");
  CHECK_THROWS(latex::document(parsed.cv(), look, {}, ""));
  const auto nested = look_of("<<if style=a b>>\n<<if size=1>>\nONE\n<<else>>\nMORE\n<<end>>\nAB\n<<end>>\nALL\n");
  CHECK(latex::document(parsed.cv(), nested, {{"style", "a"}, {"size", "1"}}, "").text == "ONE\nAB\nALL\n");
  CHECK(latex::document(parsed.cv(), nested, {{"style", "b"}, {"size", "2"}}, "").text == "MORE\nAB\nALL\n");
  CHECK(latex::document(parsed.cv(), nested, {{"style", "c"}, {"size", "1"}}, "").text == "ALL\n");
  CHECK_THROWS(latex::document(parsed.cv(), look_of("<<end>>\n"), {}, ""));
  CHECK_THROWS(latex::document(parsed.cv(), look_of("<<else>>\n"), {}, ""));
}

TEST_CASE("where what depends on the CV begins") {
  const Parsed parsed("<cv version='1'>" + person + "</cv>");
  const auto document = latex::document(parsed.cv(), look_of("\\documentclass{x}\n<<document>>\n<<head>>\n"), {}, "");
  CHECK(document.text.substr(0, document.preamble_size) == "\\documentclass{x}\n");
  CHECK(document.text.substr(document.preamble_size).starts_with("\\name{Ada}"));
}

TEST_CASE("text of the CV is not taken for a placeholder or a condition") {
  const Parsed parsed("<cv version='1'><person><name family='&lt;&lt;size>>'/></person><summary><p>&lt;&lt;body>></p><p>&lt;&lt;end>></p></summary></cv>");
  const auto text = latex::document(parsed.cv(), look_of("<<head>>\n<<body>>\n<<size>>\n"), {{"size", "<<head>>"}}, "").text;
  CHECK(text.find("\\name{}{<{}<size>{}>}") != std::string::npos);
  CHECK(text.find("\\cvparagraph{<{}<body>{}>}") != std::string::npos);
  CHECK(text.ends_with("\n<<head>>\n"));
}

TEST_CASE("every line knows the element that it came from") {
  const Parsed parsed(
      "<cv version='1'>" + person +
      "<summary title='S' id='s'><p>para</p></summary>"
      "<experience><job date='2020' id='j'><title>ti</title><employer>em</employer><description>desc</description><note>no</note>"
      "<highlights><item>one<highlights><item>under</item></highlights></item><item>two</item></highlights></job>"
      "<employment><employer>boss</employer><position><title>pos</title></position></employment></experience>"
      "<publications><publication><title>pub</title><authors><author>me</author></authors><venue>ven</venue></publication></publications>"
      "<skills><group label='g'><skill>sk</skill></group></skills><news><item>bullet</item></news>"
      "<references><reference><referee>ref</referee></reference></references></cv>");
  const auto document = latex::document(parsed.cv(), look_of("first\n<<head>>\n<<metadata>>\n\\makecvtitle\n<<body>>\nlast\n"), {}, "");
  CHECK(document.line_spans.front() == diag::Span{});
  CHECK(document.line_spans.back() == diag::Span{});
  const auto lines = lines_of(parsed, document);
  const auto span_of = [&](std::string_view part) {
    for (const auto& [line, span] : lines) {
      if (line.find(part) != std::string::npos) return span;
    }
    return std::string("no line with ") + std::string(part);
  };
  const std::pair<const char*, const char*> wanted[] = {
      {"\\name", "Lovelace"}, {"\\title", "headline"}, {"\\cvcontact", "ada@a.example"}, {"\\makecvtitle", "person"}, {"\\section{S}", "summary"}, {"\\cvparagraph", "p"},
      {"\\section{Experience}", "experience"}, {"\\cventry", "job"}, {"desc", "description"}, {"no", "note"}, {"\\item one", "item"}, {"\\item under", "item"},
      {"\\end{itemize}}", "job"}, {"\\cvemployer", "employment"}, {"\\cvrole", "position"}, {"\\cvpublication", "publication"}, {"{pub}", "title"}, {"{ven}", "venue"},
      {"\\cvitem", "group"}, {"\\cvlistitem", "item"}, {"\\cvreference", "reference"}};
  for (const auto& [part, span] : wanted) {
    CAPTURE(part);
    CHECK(span_of(part) == span);
  }
}

TEST_CASE("empty parts leave nothing behind") {
  const Parsed parsed("<cv version='1'><person><name family='X'/></person><skills/><experience><job><title>t</title><employer>e</employer></job></experience></cv>");
  const auto text = latex::document(parsed.cv(), look_of("<<head>>\n<<body>>\n"), {}, "").text;
  CHECK(text == "\\name{}{X}\n\\section{Experience}\n\\cventry{}{t}{e}{}{}{}\n");
}

TEST_CASE("a photo with the template's settings") {
  const Parsed parsed("<cv version='1'><person><name family='X'/><photo src='p.png'/></person></cv>");
  CHECK(latex::document(parsed.cv(), look_of("<<head>>\n"), {}, "p.png").text == "\\name{}{X}\n\\photo{p.png}\n");
  CHECK(latex::document(parsed.cv(), look_of("<<head>>\n"), {{"photowidth", "64pt"}, {"photoframe", "0pt"}}, "p.png").text == "\\name{}{X}\n\\photo[64pt][0pt]{p.png}\n");
}

TEST_CASE("a frame that does not know \\cvmetadata, as copies of before, is told what it is") {
  const Parsed parsed("<cv version='1'>" + person + "</cv>");
  const auto text = [&](const std::string& first) { return latex::document(parsed.cv(), look_of(first + "\n<<head>>\n<<metadata>>\n\\makecvtitle\n<<body>>\n"), {}, "").text; };
  CHECK(text("\\newcommand{\\cvxmp}[5]{}").find("\\providecommand{\\cvmetadata}[5]") != std::string::npos);
  CHECK(text("\\newcommand{\\cvmetadata}[5]{}").find("\\providecommand") == std::string::npos);
}
