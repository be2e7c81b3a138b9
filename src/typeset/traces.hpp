// What single passes have left, in the cache: one for each name of a job.
#pragma once

#include <optional>
#include <string>

#include "typeset/cache.hpp"
#include "typeset/passes.hpp"

namespace cvgen::typeset {

// What a pass says in its log, and the files it leaves.
struct Trace {
  std::string log;
  Memory files;
};

// `inputs`: a digest of all that the pass depended on. Nothing if the last one of that name had others.
std::optional<Trace> find_trace(const Cache& cache, const std::string& name, const std::string& inputs);
// Whether there is one, whatever its inputs were.
bool has_trace(const Cache& cache, const std::string& name);
void keep_trace(const Cache& cache, const std::string& name, const std::string& inputs, const Trace& trace);

}  // namespace cvgen::typeset
