// TeX as it makes a format: what it has loaded, dumped, so that a run begins behind it.
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "typeset/cache.hpp"
#include "typeset/manifest.hpp"

namespace cvgen::typeset {

inline constexpr std::string_view format_file = "cv.fmt";
inline constexpr std::string_view unicode_data_file = "UnicodeData.txt";

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

// Of LaTeX itself, as TeX Live makes pdflatex.fmt, but with these data of Unicode, which were made of those in `source_of_data`.
std::optional<Manifest> dump_latex(const Dumping& dumping, const std::string& unicode_data, const std::string& source_of_data);

}  // namespace cvgen::typeset
