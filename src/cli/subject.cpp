#include "cli/subject.hpp"

namespace cvgen::cli {

typeset::Job Subject::job(const latex::Document& document) const {
  const bool own = look.look.is_own();
  typeset::Job job;
  job.tex = document.text;
  job.line_spans = &document.line_spans;
  job.assets = assets;
  job.preamble_size = document.preamble_size;
  job.cache = cache;
  job.ahead = ahead;
  job.name = name;
  job.prove = own;
  job.trusted = !own;
  engine.apply_to(job);
  return job;
}

}  // namespace cvgen::cli
