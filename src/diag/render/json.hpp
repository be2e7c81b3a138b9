// A diagnostic as JSON.
#pragma once

#include <string>

#include "diag/diagnostic.hpp"

namespace cvgen::diag {

// One object, on a line of its own. `about`: the file that one without a place is about; empty: is not said.
std::string json_line(const Diagnostic& diagnostic, const Sources& sources, const std::string& about);

}  // namespace cvgen::diag
