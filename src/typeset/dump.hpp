// TeX as it makes a format: what it has loaded, dumped, so that a run begins behind it.
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "typeset/cache.hpp"
#include "typeset/manifest.hpp"

namespace cvgen::typeset {

inline constexpr std::string_view format_file = "cv.fmt";

struct Dumping {
  const Cache& cache;
  std::string program;
  std::string folder;  // where the format is put, beside nothing else
  std::chrono::milliseconds time_limit;
  std::stop_token stop;

  std::string path(std::string_view name) const;
};

// Each gives the manifest of what came of it; nothing if TeX failed.

// Of a preamble, loaded by the format `start`, a name or the path without its ending. With `start_manifest` it depends on all
// that that depends on.
std::optional<Manifest> dump_preamble(const Dumping& dumping, std::string_view preamble, const std::string& start, const Manifest* start_manifest);

// A file in place of one that TeX would find elsewhere.
struct Replaced {
  std::string name;
  std::string bytes;
  std::string source;  // of which it was made
};
// Of LaTeX itself, as TeX Live makes pdflatex.fmt, but of these files.
std::optional<Manifest> dump_latex(const Dumping& dumping, const std::vector<Replaced>& files);

}  // namespace cvgen::typeset
