#include "typeset/doctor.hpp"

#include "fake_tex.hpp"
#include "typeset/packages.hpp"

using namespace cvgen;
using typeset::Wanted;

namespace {

constexpr Wanted wanted[] = {{"moderncv.cls", true, {}}, {"fontawesome5.sty", false, "icons"}};

}  // namespace

TEST_CASE("doctor: without pdflatex there is nothing more to say") {
  const auto findings = typeset::examine(wanted, "no-such-pdflatex");
  REQUIRE(findings.size() == 1);
  CHECK_FALSE(findings.front().ok);
  CHECK(findings.front().needed);
  CHECK(findings.front().cure.find("apt-get") != std::string::npos);
}

TEST_CASE("doctor: version, files, a trial run") {
  const FakeTex fake;
  const auto program = fake.program(
      "[ \"$1\" = --version ] && { echo 'pdfTeX 9'; echo more; exit; }\n"
      "echo PDF > cv.pdf; echo 'Output written on cv.pdf (1 page, 4 bytes).' > cv.log\n");
  fake.program("echo /tex/moderncv.cls; exit 1", "kpsewhich");
  const auto findings = typeset::examine(wanted, program);
  REQUIRE(findings.size() == 6);
  CHECK(findings[0].ok);
  CHECK(findings[0].detail == "pdfTeX 9 (" + program + ")");
  CHECK(findings[1].what == "moderncv.cls");
  CHECK(findings[1].ok);
  CHECK(findings[1].detail == "/tex/moderncv.cls");
  CHECK_FALSE(findings[2].ok);
  CHECK_FALSE(findings[2].needed);
  CHECK(findings[2].detail == "not found; it is for icons");
  CHECK(findings[2].cure.find("texlive-fonts-extra") != std::string::npos);
  CHECK(findings[3].what == "pdftoppm");
  CHECK_FALSE(findings[3].needed);
  CHECK(findings[4].what == "confinement of TeX");
  CHECK_FALSE(findings[4].needed);
  CHECK(findings[5].what == "a trial run");
  CHECK(findings[5].ok);
}

TEST_CASE("doctor: a trial run that fails says why") {
  const FakeTex fake;
  const auto program = fake.program(
      "[ \"$1\" = --version ] && { echo 'pdfTeX 9'; exit; }\necho '! LaTeX Error: File `lmodern.sty'\"'\"' not found.' "
      "> cv.log; exit 1\n");
  const auto findings = typeset::examine({}, program);
  REQUIRE(findings.size() == 4);
  CHECK_FALSE(findings[3].ok);
  CHECK(findings[3].detail == "the LaTeX package `lmodern.sty` is not installed");
  CHECK(findings[3].cure.find("apt-get install lmodern") != std::string::npos);
}

TEST_CASE("packages by file") {
  CHECK(typeset::debian_package("moderncvstyleclassic.sty") == "texlive-latex-extra");
  CHECK(typeset::debian_package("ec-lmr10") == "lmodern");
  CHECK(typeset::debian_package("t1qpl.fd") == "tex-gyre");
  CHECK(typeset::debian_package("ngerman.ldf") == "texlive-lang-german");
  CHECK(typeset::debian_package("unheard-of.sty").empty());
  CHECK(typeset::cure_for("unheard-of.sty").find("tlmgr") != std::string::npos);
}
