// Which package of an operating system carries a file that the documents of cvgen need.
#pragma once

#include <string>
#include <string_view>

namespace cvgen::typeset {

// What to install for everything that cvgen's own templates need, on Debian and Ubuntu.
inline constexpr std::string_view install_all =
    "sudo apt-get install --no-install-recommends texlive-latex-recommended texlive-latex-extra texlive-fonts-recommended lmodern tex-gyre";

// For scripts that pdflatex can't set, without fonts.
inline constexpr std::string_view install_lualatex = "sudo apt-get install --no-install-recommends texlive-luatex fontconfig";

// The Debian package that carries a TeX file ("moderncv.cls", "ec-lmr10"); empty if not known.
std::string_view debian_package(std::string_view file);

// What to do about a missing file, in one sentence.
std::string cure_for(std::string_view file);

}  // namespace cvgen::typeset
