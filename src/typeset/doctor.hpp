// Is the TeX installation fit for cvgen? For `cvgen doctor`.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cvgen::typeset {

// A TeX file that a template uses.
struct Wanted {
  std::string_view file;          // "moderncv.cls"
  bool needed = true;             // false: cvgen can do without
  std::string_view purpose = {};  // "the classic template"; may be empty
};

struct Finding {
  std::string what;  // "pdflatex"
  bool ok = false;
  bool needed = true;  // if not ok, cvgen can't make PDFs
  std::string detail;  // a version, a path, what went wrong
  std::string cure;    // what to do, if not ok
};

// lualatex and fc-list, which scripts other than Latin take.
std::vector<Finding> examine_lualatex();

// Looks for pdflatex and the wanted files, and makes a trial run.
std::vector<Finding> examine(std::span<const Wanted> wanted, const std::string& program = "pdflatex");

}  // namespace cvgen::typeset
