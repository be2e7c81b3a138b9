#include "write/latex/escape.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "text/unicode.hpp"
#include "write/latex/characters.hpp"

using namespace cvgen;
using latex::Escaper;

namespace {

std::string tex(std::string_view plain) { return Escaper().text(plain).source(); }
std::string url(std::string_view address) { return Escaper::url(address).source(); }

model::Run run(std::string text, std::uint8_t marks = 0, std::string href = {}) {
  model::Run result;
  result.text = std::move(text);
  result.marks = marks;
  result.href = std::move(href);
  return result;
}
model::Run line_break() {
  model::Run result;
  result.line_break = true;
  return result;
}
std::string marked(std::vector<model::Run> runs) { return Escaper().text(model::Text{std::move(runs), {}}).source(); }

struct Row {
  const char *plain, *tex;
};

void check(std::string (*function)(std::string_view), std::initializer_list<Row> rows) {
  for (const auto& row : rows) {
    CAPTURE(row.plain);
    CHECK(function(row.plain) == row.tex);
  }
}

}  // namespace

TEST_CASE("every character of ASCII") {
  const std::string special = "#$%&_{}";
  for (char c = ' '; c <= '~'; ++c) {
    CAPTURE(c);
    const auto made = tex("a" + std::string(1, c) + "b");
    if (special.find(c) != std::string::npos) CHECK(made == "a\\" + std::string(1, c) + "b");
    else if (c == '\\') CHECK(made == "a\\textbackslash{}b");
    else if (c == '~') CHECK(made == "a\\textasciitilde{}b");
    else if (c == '^') CHECK(made == "a\\textasciicircum{}b");
    else if (c == '"') CHECK(made == "a\\textquotedbl{}b");
    else if (c == '\'') CHECK(made == "a\\textquotesingle{}b");
    else if (c == '`') CHECK(made == "a\\textasciigrave{}b");
    else CHECK(made == "a" + std::string(1, c) + "b");
  }
}

TEST_CASE("characters that fonts would join stay apart") {
  check(tex, {{"-", "-"}, {"--", "-{}-"}, {"---", "-{}-{}-"}, {"-–-", "-{}–{}-"}, {"<<>>", "<{}<>{}>"}, {"<>", "<>"}, {",,,", ",{},{},"},
               {"‘‘", "‘{}‘"}, {"’’", "’{}’"}, {"?‘", "?{}‘"}, {"!‘", "!{}‘"}, {"a-b", "a-b"}, {"- -", "- -"}, {"—", "—"}});
}

TEST_CASE("a bracket at the start is not an option") {
  check(tex, {{"[a]", "{[}a]"}, {"a[b]", "a[b]"}, {"]", "]"}, {"[", "{[}"}, {"[[", "{[}["}, {" [", " ["}});
  CHECK(marked({run("[a]", model::bold)}) == "\\textbf{{[}a]}");
  CHECK(marked({run("a"), line_break(), run("[b]")}) == "a\\newline {[}b]");
}

TEST_CASE("the empty text and long ones") {
  CHECK(tex("").empty());
  CHECK(tex(std::string(10000, '?')).size() > 10000);
}

TEST_CASE("words longer than a line can be broken") {
  const auto with_marks = [](std::string_view plain) {
    auto found = tex(std::string(plain));
    for (auto at = found.find("\\cvbreak{}"); at != std::string::npos; at = found.find("\\cvbreak{}")) found.replace(at, 10, "|");
    return found;
  };
  const std::string forty = "https://example.org/people/lovelace/a.ht";
  CHECK(with_marks(forty) == forty);
  CHECK(with_marks("See " + forty + "ml. " + forty) == "See https://|example.|org/people/|lovelace/|a.html. " + forty);
  CHECK(with_marks("SensorConfigurationRegistryFactoryBeanInit") == "SensorConfiguration|Registry|FactoryBean|Init");
  CHECK(with_marks("state-of-the-art-of-the-decade-and-so-on-and-on") == "state-of-the-art-of-the-decade-and-so-on-and-on");
  CHECK(with_marks("Lebensversicherungsgesellschaftsangestellter") == "Lebensversicherungsgesellschaftsangestellter");
  CHECK(with_marks("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b") == "9f86d081884c|7d659a2feaa0|c55ad015a3bf|4f1b2b");
  CHECK(with_marks(std::string(63, 'x')) == "xxxxxxxxxxxx|xxxxxxxxxxxx|xxxxxxxxxxxx|xxxxxxxxxxxx|xxxxxxxxxxxx|xxx");
}

TEST_CASE("every character of the table comes out, and the preamble defines it") {
  for (char32_t c = 0x20; c < 0x1FFFF; ++c) {
    const auto known = latex::find_character(c);
    if (!known || known->how == latex::How::combine) continue;
    Escaper escaper;
    const auto bytes = text::encode(c);
    const auto tex = escaper.text("x" + bytes + "y").source();
    CAPTURE(bytes);
    const bool itself = known->how != latex::How::escape;
    CHECK(tex == "x" + (itself ? bytes : std::string(known->tex)) + "y");
    const auto definitions = escaper.definitions().source();
    CHECK(definitions.empty() == (known->how != latex::How::define));
    if (!definitions.empty()) CHECK(definitions.find("}{" + std::string(known->tex) + "}\n") != std::string::npos);
    CHECK(known->needs.empty() == escaper.requirements().empty());
  }
}

TEST_CASE("definitions come once, by code point; requirements in the order of their table") {
  Escaper escaper;
  escaper.text("≥ ≤ ≥ ạ");
  const auto definitions = escaper.definitions().source();
  CHECK(definitions.find("{2265}") == definitions.rfind("{2265}"));
  CHECK(definitions.find("{1EA1}") < definitions.find("{2264}"));
  CHECK(definitions.find("{2264}") < definitions.find("{2265}"));
  const auto requirements = escaper.requirements().source();
  const std::string table(latex::requirements_table());
  std::size_t last = 0;
  for (std::size_t begin = 0; begin < requirements.size();) {
    const auto end = requirements.find('\n', begin);
    const auto place = table.find("\t" + requirements.substr(begin, end - begin) + "\n");
    REQUIRE(place != std::string::npos);
    CHECK(place >= last);
    last = place;
    begin = end + 1;
  }
}

TEST_CASE("marks without a letter of their own sit around their base") {
  CHECK(tex("m\u0303") == "\\cvabove{\\cvglyph[tilde=0303]{T1}{3}}{\\cvtext{006D0303}{m}}");
  CHECK(tex("i\u0323\u0304").find("{\\i}") != std::string::npos);         // no dot below a mark above
  CHECK(tex("i\u032D").find("{i}") != std::string::npos);                 // but below one below
  CHECK(tex("m\u0303n") == tex("m\u0303") + "n");
  const auto two = tex("m\u0327\u0304");
  CHECK(two.find("\\cvabove") == 0);                                       // the last one outermost
  CHECK(two.find("\\cvunder") != std::string::npos);
  for (const char* cluster : {"m\u0303", "č\u0323", "į\u0301", "ạ\u0301", "ẍ\u0323"}) {
    CAPTURE(cluster);
    const auto made = tex(text::nfc(cluster));
    const auto first = made.find("\\cvtext{");
    REQUIRE(first != std::string::npos);
    CHECK(made.find("\\cvtext{", first + 1) == std::string::npos);          // spans of text can't nest
  }
  CHECK(tex("#\u0303").find("\\#") != std::string::npos);
}

TEST_CASE("what can't be printed is found") {
  CHECK(latex::unprintable("Zoë → 5 €").empty());
  CHECK(latex::unprintable("a日b") == std::vector<std::size_t>{1});
  CHECK(latex::unprintable("a日b日日") == std::vector<std::size_t>{1, 5, 8});
  CHECK(latex::unprintable("\u0303a") == std::vector<std::size_t>{0});
  CHECK(latex::unprintable("a \u0303") == std::vector<std::size_t>{2});
  CHECK(latex::unprintable("m\u0303\u0323").empty());
  CHECK(latex::unprintable("😀") == std::vector<std::size_t>{0});
  CHECK(latex::unprintable("").empty());
  for (char c = 0; c >= 0 && c < 0x7F; ++c) {
    CAPTURE(static_cast<int>(c));
    CHECK(latex::unprintable({&c, 1}).empty() == latex::find_character(static_cast<char32_t>(c)).has_value());
  }
  CHECK(latex::unprintable("a\x7F") == std::vector<std::size_t>{1});
}

TEST_CASE("addresses") {
  check(url, {{"https://a.example/b-c.d?e=1;f,g:h@i+j*k!l(m)n'o", "https://a.example/b-c.d?e=1;f,g:h@i+j*k!l(m)n'o"},
              {"%#&_~", "\\%\\#\\&\\_\\~"},
              {"\\{}^$\"<>|` ", "\\%5C\\%7B\\%7D\\%5E\\%24\\%22\\%3C\\%3E\\%7C\\%60\\%20"},
              {"é", "\\%C3\\%A9"},
              {"a%20b", "a\\%20b"},
              {"\x01\x7F", "\\%01\\%7F"},
              {"[]", "[]"},
              {"", ""}});
  // Whatever the address, no brace, backslash or percent sign of it reaches TeX bare.
  for (int byte = 1; byte < 256; ++byte) {
    const auto tex = url(std::string(1, static_cast<char>(byte)));
    CAPTURE(byte);
    CHECK((tex.size() == 1 || tex[0] == '\\'));
    if (tex.size() == 1) CHECK(std::string("%#&_~\\{}^$\"<>|` ").find(tex) == std::string::npos);
  }
}

TEST_CASE("names of places") {
  CHECK(Escaper::anchor("a_B-1.c").source() == "a_B-1.c");
  CHECK(Escaper::anchor("a}\\b#%{").source() == "ab");
  CHECK(Escaper().link("#a_b", latex::Tex("x")).source() == "\\hyperlink{a_b}{x}");
  CHECK(Escaper().link("https://a.example/#b", latex::Tex("x")).source() == "\\href{https://a.example/\\#b}{x}");
}

TEST_CASE("marked text") {
  CHECK(marked({}).empty());
  CHECK(marked({run("a "), run("b", model::bold), run(" c")}) == "a \\textbf{b} c");
  CHECK(marked({run("a"), run(" b ", model::italic), run("c")}) == "a \\textit{b} c");
  CHECK(marked({run(" ", model::bold)}) == "\\textbf{ }");
  CHECK(marked({run("x_y", model::bold | model::italic | model::code)}) == "\\textbf{\\textit{\\texttt{x\\_y}}}");
  CHECK(marked({run("H"), run("2", model::subscript), run("O")}) == "H\\textsubscript{2}O");
  CHECK(marked({run("2", model::superscript | model::bold)}) == "\\textsuperscript{\\textbf{2}}");
  CHECK(marked({run("a", 0, "https://a.example"), run("b", model::bold, "https://a.example"), run("c")}) == "\\href{https://a.example}{a\\textbf{b}}c");
  CHECK(marked({run("a", 0, "#x"), run("b", 0, "#y")}) == "\\hyperlink{x}{a}\\hyperlink{y}{b}");
}

TEST_CASE("neighbouring runs of one look don't join either") {
  CHECK(marked({run("a-"), run("-b")}) == "a-{}-b");
  CHECK(marked({run("?"), run("‘"), run("a")}) == "?{}‘a");
  CHECK(marked({run("<", model::bold), run("<", model::bold)}) == "\\textbf{<{}<}");
  CHECK(marked({run("-", 0, "https://a.example"), run("-", 0, "https://a.example")}) == "\\href{https://a.example}{-{}-}");
  CHECK(marked({run("a"), run("[b]")}) == "a[b]");
}
