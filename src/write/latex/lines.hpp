// LaTeX source under construction, line by line, each line with the place in the CV that it came from.
#pragma once

#include <string>
#include <vector>

#include "diag/source.hpp"
#include "write/latex/tex.hpp"

namespace cvgen::latex {

struct Line {
  std::string text;
  diag::Span span;
};

class Lines {
 public:
  // Adds a line at the current indentation.
  void add(const Tex& tex, diag::Span span) { lines_.push_back({tex.empty() ? "" : std::string(indentation_, ' ') + tex.source(), span}); }
  // Appends to the last line.
  void append(const Tex& tex) { lines_.back().text += tex.source(); }
  void blank() { lines_.push_back({}); }
  void indent() { indentation_ += 2; }
  void outdent() { indentation_ -= 2; }

  const std::vector<Line>& all() const { return lines_; }

 private:
  std::vector<Line> lines_;
  std::size_t indentation_ = 0;
};

}  // namespace cvgen::latex
