// A diagnostic as JSON.
#pragma once

#include <string>

#include "diag/diagnostic.hpp"

namespace cvgen::diag {

// One object, on a line of its own.
std::string json_line(const Diagnostic& diagnostic, const Sources& sources);

}  // namespace cvgen::diag
