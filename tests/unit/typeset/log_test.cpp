// Samples are from pdfTeX 1.40.24, TeX Live 2022.
#include "typeset/log.hpp"

#include <doctest/doctest.h>

using namespace cvgen::typeset;
using Kind = TexError::Kind;

TEST_CASE("log: an unknown command, its name and line") {
  const auto log = read_log(
      "./cv.tex:3: Undefined control sequence.\n<argument> a \\foo \n                  b\nl.3 hello \\textbf{a \\foo "
      "b}\n"
      "                            world \nHere is how much of TeX's memory you used:\n 421 strings out of 476946\n\n"
      "./cv.tex:3:  ==> Fatal error occurred, no output PDF file produced!\n");
  REQUIRE(log.errors.size() == 1);
  const auto& error = log.errors.front();
  CHECK(error.kind == Kind::unknown_command);
  CHECK(error.file == "./cv.tex");
  CHECK(error.line == 3);
  CHECK(error.message == "Undefined control sequence.");
  CHECK(error.subject == "\\foo");
  CHECK(error.context == "hello \\textbf{a \\foo b}world");
}

TEST_CASE("log: a message on two lines") {
  const auto log = read_log(
      "./cv.tex:3: LaTeX Error: Unicode character \xE4\xB8\xAD (U+4E2D)\n               not set up for use with "
      "LaTeX.\n\n"
      "See the LaTeX manual or LaTeX Companion for explanation.\nType  H <return>  for immediate help.\n"
      " ...string \\u8:\xE4\xB8\xAD \\relax \\MessageBreak not set up for use with LaTeX.\n\nl.3 hello\n     \n");
  REQUIRE(log.errors.size() == 1);
  CHECK(log.errors.front().message ==
        "LaTeX Error: Unicode character \xE4\xB8\xAD (U+4E2D) not set up for use with LaTeX.");
  CHECK(log.errors.front().context == "hello");
}

TEST_CASE("log: a missing file, and where it was asked for") {
  const auto log = read_log(
      "! LaTeX Error: File `fontawesome5.sty' not found.\n\nType X to quit or <RETURN> to proceed,\n"
      "or enter new name. (Default extension: sty)\n\nEnter file name: \n"
      "/usr/share/texmf/moderncviconsawesome.sty:20: Emergency stop.\n<read *> \n         \nl.20 ^^M\n         \n");
  REQUIRE(log.errors.size() == 1);
  CHECK(log.errors.front().kind == Kind::missing_file);
  CHECK(log.errors.front().subject == "fontawesome5.sty");
  CHECK(log.errors.front().file == "/usr/share/texmf/moderncviconsawesome.sty");
  CHECK(log.errors.front().line == 20);
}

TEST_CASE("log: errors by kind") {
  struct Case {
    const char* line;
    Kind kind;
    const char* subject;
  };
  for (const auto& one : {
           Case{"./cv.tex:3: Font T1/lmr/m/n/10=ec-lmr10 at 10.0pt not loadable: Metric (TFM) file not found.",
                Kind::missing_font, "ec-lmr10"},
           Case{"./cv.tex:3: Font \\x=nosuchfont10 not loadable: Metric (TFM) file not found.", Kind::missing_font,
                "nosuchfont10"},
           Case{"!pdfTeX error: pdflatex (file ecrm1000): Font ecrm1000 at 600 not found", Kind::missing_font,
                "ecrm1000"},
           Case{"!pdfTeX error: pdflatex (file lmr10.pfb): cannot open Type 1 font file for reading",
                Kind::missing_font, "lmr10.pfb"},
           Case{"./cv.tex:3: TeX capacity exceeded, sorry [main memory size=5000000].", Kind::capacity,
                "main memory size=5000000"},
           Case{"./cv.tex:3: Package pdftex.def Error: File `a.jpg' not found: using draft setting.",
                Kind::missing_file, "a.jpg"},
           Case{"! I can't find file `cv.tex'.", Kind::missing_file, "cv.tex"},
           Case{"! Emergency stop.", Kind::emergency_stop, ""},
           Case{"!pdfTeX error: pdflatex (file ./bad.png): libpng: internal error", Kind::other, ""},
           Case{"./cv.tex:5: Missing character: There is no \xC8 (\"C8) in font cmr10.", Kind::missing_character,
                "\xC8"},
       }) {
    CAPTURE(one.line);
    const auto log = read_log(std::string(one.line) + "\n");
    REQUIRE(log.errors.size() == 1);
    CHECK(log.errors.front().kind == one.kind);
    CHECK(log.errors.front().subject == one.subject);
  }
}

TEST_CASE("log: a runaway argument is one error, and the text in it none") {
  const auto log = read_log(
      "Runaway argument?\n./a.b:12: said he\n! File ended while scanning use of \\textbf .\n<inserted text> \n"
      "                \\par \n<*> cv.tex\n          \n!  ==> Fatal error occurred, no output PDF file produced!\n");
  REQUIRE(log.errors.size() == 1);
  CHECK(log.errors.front().message == "File ended while scanning use of \\textbf .");
}

TEST_CASE("log: what only looks like an error") {
  for (const char* line :
       {"Package: hyperref 2023-02-07 v7.00v Hypertext links for LaTeX", "LaTeX Font Info: at 10:30: x", "12:30: noon",
        "texmf: 1: 2: x", "[1{/a/b.map}]", " 10:20: x.y", "a.b:x: y", "", ":1: x"}) {
    CAPTURE(line);
    CHECK(read_log(line).errors.empty());
  }
}

TEST_CASE("log: lines that are too wide") {
  const auto log = read_log(
      "Overfull \\hbox (188.77672pt too wide) in paragraph at lines 16--18\n"
      "[]|\\T1/lmss/m/n/10.95 (-20) ./cv.tex:1: see foo| \n []\n\n"
      "Overfull \\hbox (0.5pt too wide) detected at line 20\n[]\n []\n\n"
      "Overfull \\hbox (3.25pt too wide) has occurred while \\output is active\n[] \n []\n\n"
      "Overfull \\hbox (7pt too wide) in alignment at lines 3--4\n [] \n []\n\n"
      "Overfull \\vbox (7.0pt too high) has occurred while \\output is active []\n");
  CHECK(log.errors.empty());
  REQUIRE(log.overfull.size() == 4);
  CHECK(log.overfull[0].points == doctest::Approx(188.77672));
  CHECK(log.overfull[0].first == 16);
  CHECK(log.overfull[0].last == 18);
  CHECK(log.overfull[0].text.find("see foo") != std::string::npos);
  CHECK(log.overfull[1].points == doctest::Approx(0.5));
  CHECK(log.overfull[1].first == 20);
  CHECK(log.overfull[1].last == 20);
  CHECK(log.overfull[2].first == 0);
  CHECK(log.overfull[2].points == doctest::Approx(3.25));
  CHECK(log.overfull[3].first == 3);
  CHECK(log.overfull[3].last == 4);
}

TEST_CASE("log: missing characters, but not those that are thrown away") {
  const auto log = read_log(
      "Missing character: There is no \xC8 in font cmr10!\nMissing character: There is no ; in font nullfont!\n"
      "Missing character: There is no x (\"78) in font ec-lmr10!\nMissing character: There is no 北 (U+5317) in font [a.otf]!\n");
  REQUIRE(log.missing_characters.size() == 3);
  CHECK(log.missing_characters[0].character == "\xC8");
  CHECK(log.missing_characters[0].font == "cmr10");
  CHECK(log.missing_characters[1].character == "x");
  CHECK(log.missing_characters[1].font == "ec-lmr10");
  CHECK(log.missing_characters[2].character == "北");
}

TEST_CASE("log: pages, and the wish for another pass") {
  CHECK(read_log("Output written on cv.pdf (12 pages, 135412 bytes).\n").pages == 12);
  CHECK(read_log("Output written on cv.pdf (1 page, 13 bytes).").pages == 1);
  CHECK(read_log("No pages of output.\n").pages == 0);
  CHECK(read_log("LaTeX Warning: Label(s) may have changed. Rerun to get cross-references right.\n").wants_rerun);
  CHECK(read_log("(rerunfilecheck)                Rerun to get outlines right\n").wants_rerun);
  CHECK(read_log("Package longtable Warning: Table widths have changed. Rerun LaTeX.\n").wants_rerun);
  CHECK_FALSE(read_log("Package: rerunfilecheck 2022-07-10 v1.10 Rerun checks for auxiliary files (HO)\n").wants_rerun);
}

TEST_CASE("log: any bytes do no harm") {
  const std::string_view sample =
      "./cv.tex:3: LaTeX Error: File `x' not found.\n(pkg) more\nl.3 a\nOverfull \\hbox (1.5pt too wide) in paragraph "
      "at "
      "lines 1--2\n[]\nMissing character: There is no x in font y!\nOutput written on cv.pdf (1 page)\nRunaway "
      "argument?\n";
  for (std::size_t i = 0; i < sample.size(); ++i) {
    read_log(sample.substr(i));
    read_log(sample.substr(0, i));
    std::string broken(sample);
    broken[i] = '\n';
    read_log(broken);
    broken[i] = '\xFF';
    read_log(broken);
  }
}
