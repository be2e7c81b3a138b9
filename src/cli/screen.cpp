#include "cli/screen.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "io/environment.hpp"
#include "io/file.hpp"
#include "text/unicode.hpp"

namespace cvgen::cli {

int rows_of(const std::string& text, int columns) {
  int rows = 0, column = 0;
  std::string_view rest = text;
  while (!rest.empty()) {
    if (rest.starts_with("\x1b[")) {  // a colour: up to its final letter
      rest.remove_prefix(std::min(rest.size(), rest.find('m') + 1));
      continue;
    }
    const auto decoded = text::decode(rest);
    rest.remove_prefix(decoded ? decoded->length : 1);
    if (decoded && decoded->code_point == '\n') {
      ++rows;
      column = 0;
      continue;
    }
    const int width = decoded ? text::width(decoded->code_point) : 1;
    if (column + width > columns) {
      ++rows;
      column = 0;
    }
    column += width;
  }
  return rows;
}

Screen::Screen() : in_place_(io::is_terminal(2) && io::variable("TERM").value_or("dumb") != "dumb") {}

void Screen::show(const std::string& text) {
  // Counted when it is taken back: the terminal may have got another width.
  const int rows = in_place_ ? rows_of(shown_, io::terminal_width(2)) : 0;
  (void)io::write_stderr((rows > 0 ? fmt::format("\r\x1b[{}A\x1b[J", rows) : std::string()) + text);
  shown_ = text;
}

}  // namespace cvgen::cli
