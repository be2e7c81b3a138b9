// Diagnostics as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), which code hosts show beside the
// lines of a change. Columns count code points, as everywhere; names of files become relative references (RFC 3986).
#pragma once

#include <span>
#include <string>

#include "diag/diagnostic.hpp"

namespace cvgen::diag {

// The `result` objects, one a line, with commas between them; empty if there is none. `about`: the file that those without a
// place are about; empty: is not said.
std::string sarif_results(std::span<const Diagnostic> diagnostics, const Sources& sources, const std::string& about = {});

// A whole log with these results, and with all codes as its rules. Ends with a line break.
std::string sarif_log(std::string_view results);

}  // namespace cvgen::diag
