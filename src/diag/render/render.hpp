// Diagnostics as words: for people (with the line and a caret), one line each, JSON lines or SARIF
// for programs.
#pragma once

#include <span>
#include <string>

#include "diag/diagnostic.hpp"

namespace cvgen::diag {

enum class Format { human, short_, json, sarif };

struct RenderOptions {
  Format format = Format::human;
  bool color = false;
  int width = 100;         // columns; longer source lines are shown in part
  std::size_t most = 20;   // human and short: diagnostics shown before the rest is counted
  std::string about = {};  // the file that those without a place are about, where there are several; empty: is not said
};

// All diagnostics, and for people a count at the end. Ends with a line break unless empty. SARIF comes as results only,
// for sarif_log.
std::string render(std::span<const Diagnostic> diagnostics, const Sources& sources, const RenderOptions& options);

}  // namespace cvgen::diag
