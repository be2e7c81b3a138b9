// Diagnostics as words: for people (with the line and a caret), one line each, or JSON lines for programs.
#pragma once

#include <span>
#include <string>

#include "diag/diagnostic.hpp"

namespace cvgen::diag {

enum class Format { human, short_, json };

struct RenderOptions {
  Format format = Format::human;
  bool color = false;
  int width = 100;         // columns; longer source lines are shown in part
  std::size_t most = 20;   // human and short: diagnostics shown before the rest is counted
};

// All diagnostics, and for people a count at the end. Ends with a line break unless empty.
std::string render(std::span<const Diagnostic> diagnostics, const Sources& sources, const RenderOptions& options);

// Text from outside made harmless for a terminal: controls and bidirectional characters shown as <U+XXXX>.
std::string visible(std::string_view text);
// The same, and values between backticks cut to a length that one can read.
std::string shown(std::string_view text);

}  // namespace cvgen::diag
