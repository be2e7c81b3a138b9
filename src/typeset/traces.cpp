#include "typeset/traces.hpp"

#include "io/environment.hpp"
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
  const auto text = inputs + '\n' + write_memory(all);
  cache.put(kind, digest(name), text);
  // They are large, and there may be one for each of many CVs. Looking at all that is there takes too long for every time.
  constexpr std::size_t large = 1U << 20U;
  constexpr std::int64_t turns = 32;
  if (text.size() > large || static_cast<std::int64_t>(io::now() * 1e6) % turns == 0) cache.trim();
}

}  // namespace cvgen::typeset
