// A few lines on a terminal that take the place of those before.
#pragma once

#include <string>

namespace cvgen::cli {

class Screen {
 public:
  Screen();

  // False where standard error is no terminal, or one that can't go back: then lines follow upon lines.
  bool in_place() const { return in_place_; }
  // Whole lines; they may have colours.
  void show(const std::string& text);

 private:
  bool in_place_;
  std::string shown_;
};

// How many rows text takes on a terminal of that many columns.
int rows_of(const std::string& text, int columns);

}  // namespace cvgen::cli
