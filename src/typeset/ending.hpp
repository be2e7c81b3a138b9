// Why a run of TeX ended badly.
#pragma once

#include <string>
#include <string_view>

#include "diag/diagnostic.hpp"
#include "io/process.hpp"
#include "typeset/pdflatex.hpp"
#include "typeset/report.hpp"

namespace cvgen::typeset {

std::string_view name_of(Engine engine);

// Of a run that did not exit with 0: E0702 to E0706, E0709. `log` is the text of the log, or what was printed if there is none.
diag::Diagnostic why_failed(const Job& job, const std::string& program, const io::Outcome& outcome, std::string_view log, const Document& document);

}  // namespace cvgen::typeset
