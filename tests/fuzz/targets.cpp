#include "targets.hpp"

#include <cstdio>
#include <cstdlib>

namespace cvgen::fuzz {

std::span<const Target> targets() {
  static constexpr Target table[] = {
      {"cv", cv}, {"options", options}, {"template", template_file}, {"log", log}, {"galley", galley}, {"dates", dates}, {"text", text},
  };
  return table;
}

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

}  // namespace cvgen::fuzz
