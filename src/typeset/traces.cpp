#include "typeset/traces.hpp"

#include "text/cut.hpp"
#include "typeset/digest.hpp"

namespace cvgen::typeset {
namespace {

constexpr std::string_view kind = "traces";
// Among the files, none of which has such a name.
constexpr std::string_view name_of_log = "/log";

}  // namespace

std::optional<Trace> find_trace(const Cache& cache, const std::string& name, const std::string& inputs) {
  const auto kept = cache.get(kind, digest(name)).value_or("");
  std::string_view text = kept;
  if (text::cut(text, '\n') != inputs) return std::nullopt;
  auto files = read_memory(text);
  auto log = files ? files->extract(std::string(name_of_log)) : Memory::node_type();
  return log ? std::optional(Trace{std::move(log.mapped()), *std::move(files)}) : std::nullopt;
}

bool has_trace(const Cache& cache, const std::string& name) { return cache.has(kind, digest(name)); }

void keep_trace(const Cache& cache, const std::string& name, const std::string& inputs, const Trace& trace) {
  auto all = trace.files;
  all.emplace(name_of_log, trace.log);
  cache.put(kind, digest(name), inputs + '\n' + write_memory(all));
}

}  // namespace cvgen::typeset
