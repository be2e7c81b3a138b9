// What `cvgen render` is asked to do, read once from the command line.
#pragma once

#include <string>
#include <vector>

#include "cli/compile.hpp"
#include "cli/options.hpp"
#include "cli/target.hpp"

namespace cvgen::cli {

struct RenderRequest {
  std::vector<std::string> inputs;    // names of files; "-": standard input
  std::vector<std::string> variants;  // none: the first of each CV
  bool all_variants = false;
  Naming naming;
  CompileOptions compile;
  std::string depfile;  // empty: none
  bool watch = false;
  unsigned jobs = 1;  // documents that are made at the same time
};

// Throws UsageError; reads the list of --files-from.
RenderRequest render_request(const Arguments& arguments);

}  // namespace cvgen::cli
