#include "model/text.hpp"

namespace cvgen::model {

std::string plain(const Text& text) {
  std::string result;
  for (const auto& run : text.runs) result += run.line_break ? " " : run.text;
  return result;
}

}  // namespace cvgen::model
