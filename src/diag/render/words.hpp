// The words of diagnostics, fit to be shown: of a readable length, and harmless for a terminal.
#pragma once

#include <string>
#include <string_view>

#include "diag/diagnostic.hpp"

namespace cvgen::diag {

// A message or label, with values between backticks cut to a length that one can read; and help or a note, where a value
// is ours, to be copied, and may be longer.
std::string shortened(std::string_view text);
std::string shortened_advice(std::string_view text);

// Text from outside made harmless for a terminal: controls and bidirectional characters shown as <U+XXXX>.
std::string visible(std::string_view text);
// Both.
std::string shown(std::string_view text);

// "error" or "warning".
std::string_view severity_word(Severity severity);

}  // namespace cvgen::diag
