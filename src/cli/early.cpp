#include "cli/early.hpp"

#include <fmt/format.h>

#include "io/file.hpp"
#include "io/store.hpp"
#include "text/cut.hpp"
#include "typeset/digest.hpp"

namespace cvgen::cli {
namespace {

constexpr std::string_view kind = "early";
// Bytes of a CV. An interruption waits while TeX does, so that larger ones, which take longer to read, must not.
constexpr std::uint64_t largest = 1U << 20U;

// One document of the CV in this file, as it is asked for.
std::string key_of(const std::string& path, const RenderRequest& request) {
  typeset::Digest key;
  const auto& compile = request.compile;
  key.add(path);
  for (const auto& variant : request.variants) key.add("variant").add(variant);
  for (const auto& setting : compile.settings) key.add("setting").add(setting);
  key.add(compile.template_name.value_or("")).add(compile.letter.value_or("")).add(std::to_string(static_cast<int>(compile.engine)));
  key.add(compile.pages ? std::to_string(*compile.pages) : "").add(compile.fill ? "fill" : "").add(request.naming.output);
  return key.hex();
}

}  // namespace

Early::Early(RenderRequest& request) {
  const auto& cv = request.inputs.front();
  const auto path = io::canonical_path(cv);
  const auto stamp = io::stamp(cv);
  const bool one = !request.all_variants && request.variants.size() < 2 && !request.compile.dry_run;
  if (request.compile.cache == nullptr || cv == "-" || !one || !path || !io::is_regular_file(*path) || !stamp || stamp->size > largest) return;
  cache_ = request.compile.cache;
  key_ = key_of(*path, request);
  stamp_ = fmt::format("{} {} {}\n", stamp->size, stamp->inode, stamp->changed);
  before_ = cache_->get(kind, key_).value_or("");
  request.compile.ahead = &ahead_;
  // What has not changed since is up to date, most likely.
  if (before_.starts_with(stamp_) && !request.compile.force) return;
  std::string_view words = before_;
  text::cut(words, '\n');
  ahead_.recall(*cache_, words);
  ahead_.prepare();
}

void Early::keep() const {
  const auto words = cache_ != nullptr ? ahead_.to_recall() : std::nullopt;
  if (words && stamp_ + *words != before_) cache_->put(kind, key_, stamp_ + *words);
}

}  // namespace cvgen::cli
