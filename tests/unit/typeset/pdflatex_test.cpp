// The runner with programs that stand in for pdflatex; the last two tests use the real one if it is there.
#include "typeset/pdflatex.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "fake_tex.hpp"
#include "io/signals.hpp"

using namespace cvgen;
using diag::Code;

namespace {

constexpr diag::Span first{0, 10, 20};
constexpr diag::Span second{0, 30, 40};
const std::vector<diag::Span> spans = {{}, first, second, {}};

// Runs a script as pdflatex over four lines, of which the second and third have a place.
struct Trial {
  explicit Trial(const std::string& script, std::chrono::seconds limit = std::chrono::seconds(20)) {
    typeset::Job job;
    job.tex = "\\begin{document}\nfirst line here\nsecond line there\n\\end{document}\n";
    job.line_spans = &spans;
    job.time_limit = limit;
    job.program = fake.program(script);
    job.assets = {{"ada.jpg", "JPEG"}};
    product = typeset::run(job, sink);
    list = sink.sorted();
  }
  const diag::Diagnostic& only() const {
    REQUIRE(list.size() == 1);
    return list.front();
  }
  // The folder with .tex and .log that a failure leaves.
  std::string kept() const {
    const auto names = fake.leftovers();
    REQUIRE(names.size() == 1);
    CHECK(names.front().starts_with("cvgen-failed-"));
    CHECK(only().notes.back() == "the LaTeX file and its log are kept in " + fake.folder() + '/' + names.front());
    return fake.folder() + '/' + names.front();
  }

  FakeTex fake;
  diag::Sink sink;
  std::optional<typeset::Product> product;
  std::vector<diag::Diagnostic> list;
};

const std::string success = "echo PDF > cv.pdf; echo 'Output written on cv.pdf (2 pages, 4 bytes).' > cv.log\n";

std::string failing(const std::string& log) { return "cat > cv.log <<'END'\n" + log + "\nEND\nexit 1\n"; }

}  // namespace

TEST_CASE("pdflatex: the product, and nothing left behind it") {
  Trial trial("cat ada.jpg cv.tex > seen && grep -q JPEG seen && grep -q 'second line' seen || exit 1\n" +
                    success);
  REQUIRE(trial.product);
  CHECK(trial.product->pdf == "PDF\n");
  CHECK(trial.product->pages == 2);
  CHECK(trial.list.empty());
  trial.product.reset();
  CHECK(trial.fake.leftovers().empty());
}

TEST_CASE("pdflatex: as many passes as needed, at most four") {
  CHECK(Trial(success + "printf '\\\\relax' > cv.aux").product->passes == 1);
  CHECK(Trial(success + "printf '\\\\newlabel{a}{}' > cv.aux").product->passes == 2);
  CHECK(Trial(success + "if [ -f cv.aux ]; then printf '\\\\newlabel{b}{}'; else printf '\\\\newlabel{a}{}'; fi > new\n"
                        "mv new cv.aux")
            .product->passes == 3);
  CHECK(Trial(success + "printf '\\\\newlabel' >> cv.aux").product->passes == 4);
  CHECK(Trial(success + "echo 'Rerun to get it right' >> cv.log; printf '\\\\relax' > cv.aux").product->passes == 2);
}

TEST_CASE("pdflatex: what it gets to see of the environment") {
  ::setenv("CVGEN_SECRET", "x", 1);
  ::setenv("TEXINPUTS", "/x", 1);
  ::unsetenv("SOURCE_DATE_EPOCH");
  const Trial trial(
      "env > seen; for v in CVGEN_SECRET TEXINPUTS; do grep -q \"^$v=\" seen && exit 1; done\n"
      "for v in openin_any=p openout_any=p max_print_line=1000 SOURCE_DATE_EPOCH=0 FORCE_SOURCE_DATE=1 LC_ALL=C; do\n"
      "grep -qx \"$v\" seen || exit 2; done\n"
      "case \"$*\" in *-no-shell-escape*-halt-on-error*) ;; *) exit 3;; esac\n" +
      success);
  CHECK(trial.product);
  ::unsetenv("CVGEN_SECRET");
  ::unsetenv("TEXINPUTS");
}

TEST_CASE("pdflatex: E0701, it is not installed") {
  diag::Sink sink;
  typeset::Job job;
  job.program = "no-such-pdflatex";
  CHECK_FALSE(typeset::run(job, sink));
  REQUIRE(sink.error_count() == 1);
  const auto error = sink.sorted().front();
  CHECK(error.code == Code::E0701);
  CHECK(error.message == "`no-such-pdflatex` is not installed");
  CHECK(error.help.front().find("apt-get install") != std::string::npos);
}

TEST_CASE("pdflatex: E0702, a file is missing") {
  const Trial trial(failing("! LaTeX Error: File `moderncv.cls' not found.\n\n./cv.tex:1: Emergency stop."));
  CHECK_FALSE(trial.product);
  CHECK(trial.only().code == Code::E0702);
  CHECK(trial.only().message == "the LaTeX class `moderncv.cls` is not installed");
  CHECK(trial.only().help.front().find("apt-get install texlive-latex-extra") != std::string::npos);
  CHECK(trial.fake.leftovers().empty());
}

TEST_CASE("pdflatex: E0702, a font is missing") {
  const Trial trial(
      failing("./cv.tex:1: Font T1/lmr/m/n/10=ec-lmr10 at 10.0pt not loadable: Metric (TFM) file not found."));
  CHECK(trial.only().code == Code::E0702);
  CHECK(trial.only().message == "the font `ec-lmr10` is not installed");
  CHECK(trial.only().help.front().find("apt-get install lmodern") != std::string::npos);
}

TEST_CASE("pdflatex: E0703, at the place in the user's file, with the log kept") {
  const Trial trial(failing("./cv.tex:3: Undefined control sequence.\nl.3 second \\foo\n         "));
  CHECK_FALSE(trial.product);
  const auto& error = trial.only();
  CHECK(error.code == Code::E0703);
  CHECK(error.message == "TeX does not know the command `\\foo`");
  REQUIRE(error.primary);
  CHECK(error.primary->span == second);
  CHECK(error.notes[0] == "TeX said: Undefined control sequence.");
  CHECK(error.notes[1] == "line 3 of cv.tex: `second line there`");
  const auto kept = trial.kept();
  CHECK(io::read_file(kept + "/cv.tex", 1000)->find("second line") != std::string::npos);
  CHECK(io::read_file(kept + "/cv.log", 1000)->find("Undefined") != std::string::npos);
}

TEST_CASE("pdflatex: E0703 of no one place") {
  for (const char* log :
       {"./cv.tex:1: Missing $ inserted.", "/usr/x.sty:2: Missing $ inserted.", "./cv.tex:99: Missing $ inserted."}) {
    CAPTURE(log);
    const Trial trial(failing(log));
    CHECK(trial.only().code == Code::E0703);
    CHECK(trial.only().message == "a character that only formulas may hold stands in the text");
    CHECK_FALSE(trial.only().primary);
  }
}

TEST_CASE("pdflatex: E0704, it hangs") {
  const Trial trial("echo working; sleep 100", std::chrono::seconds(1));
  CHECK_FALSE(trial.product);
  CHECK(trial.only().code == Code::E0704);
  CHECK(trial.only().message == "pdflatex did not end within 1 s, and was stopped");
  CHECK(trial.only().notes.front() == "the last it said: working");
  trial.kept();
}

TEST_CASE("pdflatex: E0705, the ways to fail without a word") {
  struct Case {
    const char* script;
    const char* message;
  };
  for (const auto& one : {
           Case{"kill -SEGV $$", "pdflatex was killed (signal 11, Segmentation fault)"},
           Case{"exec cat /dev/zero > cv.pdf", "pdflatex wrote a file of more than 256 MiB, and was stopped"},
           Case{"exit 7", "pdflatex failed with exit code 7"},
           Case{"exit 0", "pdflatex made no PDF"},
           Case{"echo 'No pages of output.' > cv.log", "the document has no pages"},
       }) {
    CAPTURE(one.script);
    const Trial trial(one.script);
    CHECK_FALSE(trial.product);
    CHECK(trial.only().code == Code::E0705);
    CHECK(trial.only().message == one.message);
    trial.kept();
  }
}

TEST_CASE("pdflatex: E0706, TeX runs out of room") {
  const Trial trial(failing("./cv.tex:2: TeX capacity exceeded, sorry [main memory size=5000000]."));
  CHECK(trial.only().code == Code::E0706);
  CHECK(trial.only().message == "TeX ran out of room: main memory size=5000000");
  REQUIRE(trial.only().primary);
  CHECK(trial.only().primary->span == first);
}

TEST_CASE("pdflatex: E0802, the temporary folder can't be written to, or a name leads out of it") {
  diag::Sink sink;
  FakeTex fake;
  typeset::Job job;
  job.program = fake.program(success);
  job.assets = {{"../evil", "x"}};
  CHECK_FALSE(typeset::run(job, sink));
  CHECK(sink.sorted().front().code == Code::E0802);
  CHECK_FALSE(io::file_exists(fake.folder() + "/evil"));
}

TEST_CASE("pdflatex: W0701, lines that are too wide") {
  const auto wide = [](const std::string& line) {
    return "printf '%s\\n' '" + line + "' 'words there' ' []' >> cv.log\n";
  };
  const Trial trial(success + wide("Overfull \\hbox (5.0pt too wide) in paragraph at lines 2--2") +
                    wide("Overfull \\hbox (12.34pt too wide) in paragraph at lines 2--2") +
                    wide("Overfull \\hbox (0.9pt too wide) in paragraph at lines 3--3"));
  CHECK(trial.product);
  const auto& warning = trial.only();
  CHECK(warning.code == Code::W0701);
  CHECK(warning.message == "a line is 12.3 pt (4.3 mm) too wide");
  CHECK(warning.primary->span == first);

  // Of several lines the one with the words that TeX shows.
  const Trial both(success + wide("Overfull \\hbox (5.0pt too wide) in paragraph at lines 1--4"));
  CHECK(both.only().primary->span == second);
}

TEST_CASE("pdflatex: W0702, a gap is looked for in a pass of its own") {
  const Trial trial(
      "case \"$*\" in *tracinglostchars*)\n"
      "printf './cv.tex:3: Missing character: There is no x (\"78) in font cmr10.\\n' > cv.log; exit 1;;\n"
      "esac\n" +
      success + "echo 'Missing character: There is no x in font cmr10!' >> cv.log\n");
  REQUIRE(trial.product);
  CHECK(trial.product->pdf == "PDF\n");
  CHECK(trial.only().code == Code::W0702);
  CHECK(trial.only().message == "the font `cmr10` lacks `x`");
  CHECK(trial.only().primary->span == second);

  const Trial without(success + "printf 'Missing character: There is no \\310 in font cmr10!\\n' >> cv.log\n");
  CHECK(without.only().message == "the font `cmr10` lacks character number 200");
  CHECK_FALSE(without.only().primary);
}

TEST_CASE("pdflatex: an interruption leaves nothing, and says nothing") {
  io::install_interrupt_handler();
  const io::Orderly orderly;
  std::thread user([] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    ::kill(::getpid(), SIGTERM);
  });
  const Trial trial("sleep 100");
  user.join();
  CHECK(io::interrupted());
  io::clear_interrupt();
  CHECK_FALSE(trial.product);
  CHECK(trial.list.empty());
  CHECK(trial.fake.leftovers().empty());
}

TEST_CASE("pdflatex: the real one") {
  if (!io::find_on_path("pdflatex")) {
    MESSAGE("skipped: pdflatex is not installed");
    return;
  }
  const auto run = [](const std::string& tex, std::vector<diag::Span> places, auto look) {
    const FakeTex fake;
    diag::Sink sink;
    typeset::Job job;
    job.tex = tex;
    job.line_spans = &places;
    const auto product = typeset::run(job, sink);
    look(product, sink.sorted());
  };
  const std::string head = "\\documentclass{article}\n\\begin{document}\n";
  const std::string foot = "\\end{document}\n";
  const std::vector<diag::Span> places = {{}, {}, first, second, {}};

  run(head + "hello\nworld\n" + foot, places, [](const auto& product, const auto& list) {
    REQUIRE(product);
    CHECK(product->pdf.starts_with("%PDF"));
    CHECK(product->pages == 1);
    CHECK(product->passes == 1);
    CHECK(list.empty());
  });
  run(head + "hello\n\\pageref{x}\\label{x}\n" + foot, places, [](const auto& product, const auto&) {
    REQUIRE(product);
    CHECK(product->passes == 2);
  });
  run(head + "hello\n\\textbf{\\nonsense}\n" + foot, places, [](const auto& product, const auto& list) {
    CHECK_FALSE(product);
    REQUIRE(list.size() == 1);
    CHECK(list.front().code == Code::E0703);
    CHECK(list.front().message == "TeX does not know the command `\\nonsense`");
    CHECK(list.front().primary->span == second);
  });
  run(head + "\\symbol{200}\n\\hbox to 2pt{wide}\n" + foot, places, [](const auto& product, const auto& list) {
    REQUIRE(product);
    REQUIRE(list.size() == 2);
    CHECK(list[0].code == Code::W0702);
    CHECK(list[0].primary->span == first);
    CHECK(list[1].code == Code::W0701);
    CHECK(list[1].primary->span == second);
  });
  run("\\documentclass{no-such-class}\n" + head + foot, places, [](const auto& product, const auto& list) {
    CHECK_FALSE(product);
    REQUIRE(list.size() == 1);
    CHECK(list.front().code == Code::E0702);
  });
}
