// Curing a file by the fixes of its diagnostics.
#pragma once

#include <span>
#include <string>

#include "diag/diagnostic.hpp"

namespace cvgen::diag {

struct Fixed {
  std::string text;
  std::size_t count = 0;  // diagnostics whose fix is in the text
};

// The text of a file with what can be fixed in it. Of two fixes that touch the same bytes the first is taken; all other
// bytes stay. Fixes that reach into another file are left out.
Fixed with_fixes(const SourceFile& source, std::uint32_t file, std::span<const Diagnostic> diagnostics);

}  // namespace cvgen::diag
