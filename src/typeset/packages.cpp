#include "typeset/packages.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cvgen::typeset {
namespace {

struct Carrier {
  std::string_view file;  // a whole name, or with a * at its start or end
  std::string_view package;
};

// As of Debian 12 and Ubuntu 22.04. What texlive-latex-base carries is not listed: pdflatex comes with it.
constexpr Carrier carriers[] = {
    {"moderncv*", "texlive-latex-extra"},
    {"moderntimeline*", "texlive-latex-extra"},
    {"tweaklist.sty", "texlive-latex-extra"},
    {"accsupp.sty", "texlive-latex-extra"},
    {"enumitem.sty", "texlive-latex-extra"},
    {"titlesec.sty", "texlive-latex-extra"},
    {"multirow.sty", "texlive-latex-extra"},
    {"arydshln.sty", "texlive-latex-extra"},
    {"needspace.sty", "texlive-latex-extra"},
    {"lastpage.sty", "texlive-latex-extra"},
    {"changepage.sty", "texlive-latex-extra"},
    {"zref*", "texlive-latex-extra"},
    {"newunicodechar.sty", "texlive-latex-extra"},
    {"microtype*", "texlive-latex-recommended"},
    {"etoolbox.sty", "texlive-latex-recommended"},
    {"xcolor.sty", "texlive-latex-recommended"},
    {"parskip.sty", "texlive-latex-recommended"},
    {"setspace.sty", "texlive-latex-recommended"},
    {"ragged2e.sty", "texlive-latex-recommended"},
    {"xparse.sty", "texlive-latex-recommended"},
    {"bookmark.sty", "texlive-latex-recommended"},
    {"marvosym.sty", "texlive-fonts-recommended"},
    {"umvs*", "texlive-fonts-recommended"},
    {"pzdr*", "texlive-fonts-recommended"},
    {"phv*", "texlive-fonts-recommended"},
    {"ptm*", "texlive-fonts-recommended"},
    {"ppl*", "texlive-fonts-recommended"},
    {"t1q*", "tex-gyre"},
    {"ts1q*", "tex-gyre"},
    {"ec-q*", "tex-gyre"},
    {"ts1-q*", "tex-gyre"},
    {"tg*", "tex-gyre"},
    {"texgyre*", "fonts-texgyre"},
    {"tikz.sty", "texlive-pictures"},
    {"pgf*", "texlive-pictures"},
    {"lmodern.sty", "lmodern"},
    {"t1lm*", "lmodern"},
    {"ts1lm*", "lmodern"},
    {"omllm*", "lmodern"},
    {"omslm*", "lmodern"},
    {"omxlm*", "lmodern"},
    {"ec-lm*", "lmodern"},
    {"ts1-lm*", "lmodern"},
    {"rm-lm*", "lmodern"},
    {"lmroman*", "lmodern"},
    {"lm-*", "lmodern"},
    {"ecrm*", "cm-super"},
    {"ecss*", "cm-super"},
    {"ectt*", "cm-super"},
    {"ecbx*", "cm-super"},
    {"ecti*", "cm-super"},
    {"tcrm*", "cm-super"},
    {"sfrm*", "cm-super"},
    {"fontawesome*", "texlive-fonts-extra"},
    {"academicons*", "texlive-fonts-extra"},
    {"sourcesanspro.sty", "texlive-fonts-extra"},
    {"FiraSans.sty", "texlive-fonts-extra"},
    {"fira*", "texlive-fonts-extra"},
    {"*german.ldf", "texlive-lang-german"},
    {"french.ldf", "texlive-lang-french"},
    {"frenchb.ldf", "texlive-lang-french"},
    {"spanish.ldf", "texlive-lang-spanish"},
    {"italian.ldf", "texlive-lang-italian"},
    {"portuges.ldf", "texlive-lang-portuguese"},
    {"portuguese.ldf", "texlive-lang-portuguese"},
    {"dutch.ldf", "texlive-lang-european"},
    {"swedish.ldf", "texlive-lang-european"},
};

bool carries(const Carrier& carrier, std::string_view file) {
  auto pattern = carrier.file;
  if (pattern.ends_with('*')) return file.starts_with(pattern.substr(0, pattern.size() - 1));
  if (pattern.starts_with('*')) return file.ends_with(pattern.substr(1));
  return file == pattern;
}

}  // namespace

std::string_view debian_package(std::string_view file) {
  const auto found = std::find_if(std::begin(carriers), std::end(carriers),
                                  [&](const Carrier& carrier) { return carries(carrier, file); });
  return found == std::end(carriers) ? std::string_view{} : found->package;
}

std::string cure_for(std::string_view file) {
  if (const auto package = debian_package(file); !package.empty()) {
    return fmt::format("on Debian and Ubuntu `sudo apt-get install {}` brings it; a full TeX Live or MacTeX has it",
                       package);
  }
  return fmt::format("install the TeX package that carries it; `tlmgr search --global --file /{}` says which", file);
}

}  // namespace cvgen::typeset
