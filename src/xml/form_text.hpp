// A text under scrutiny: what the parts of the scanner share.
#pragma once

#include <algorithm>
#include <string_view>

#include "diag/diagnostic.hpp"

namespace cvgen::xml {

struct FormText {
  std::string_view text;
  std::uint32_t file;
  diag::Sink& sink;
  bool has_shape = true;  // no fault so far that leaves open what is inside what

  // Offsets past the end count as the end.
  diag::Span span(std::size_t begin, std::size_t end) const {
    return {file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(std::min(end, text.size()))};
  }
  std::string_view slice(diag::Span s) const { return text.substr(s.begin, s.end - s.begin); }
  void report(diag::Diagnostic diagnostic) const { sink.add(std::move(diagnostic)); }
  // A fault after which no tree can be made.
  void report_broken(diag::Diagnostic diagnostic) {
    has_shape = false;
    sink.add(std::move(diagnostic));
  }
};

}  // namespace cvgen::xml
