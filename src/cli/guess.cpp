#include "cli/guess.hpp"

#include "text/cut.hpp"
#include "typeset/digest.hpp"
#include "typeset/passes.hpp"

namespace cvgen::cli {
namespace {

constexpr std::string_view kind = "fitted";
// Among the files, none of which has such names.
constexpr std::string_view name_of_kept = "/kept", name_of_changed = "/changed";

}  // namespace

std::optional<Fitted> find_fitted(const typeset::Cache& cache, const std::string& name) {
  auto files = typeset::read_memory(cache.get(kind, typeset::digest(name)).value_or(""));
  const auto kept = files ? typeset::take_file(*files, name_of_kept) : std::nullopt, changed = files ? typeset::take_file(*files, name_of_changed) : std::nullopt;
  if (!kept || !changed) return std::nullopt;
  Fitted fitted;
  for (const char flag : *kept) fitted.kept.push_back(flag == '1');
  for (std::string_view lines = *changed; !lines.empty();) {
    auto value = text::cut(lines, '\n');
    const auto setting = text::cut(value, '=');
    fitted.changed.emplace(setting, value);
  }
  fitted.left = *std::move(files);
  return fitted;
}

void keep_fitted(const typeset::Cache& cache, const std::string& name, const Fitted& fitted) {
  std::string kept, changed;
  for (const bool flag : fitted.kept) kept.push_back(flag ? '1' : '0');
  for (const auto& [setting, value] : fitted.changed) changed.append(setting).append("=").append(value).append("\n");
  auto files = fitted.left;
  files.emplace(name_of_kept, kept);
  files.emplace(name_of_changed, changed);
  const auto text = typeset::write_memory(files);
  const auto key = typeset::digest(name);
  if (cache.get(kind, key) != text) cache.put(kind, key, text);
}

Guess::Guess(std::unique_ptr<const latex::Document> document, typeset::Job job)
    : document_(std::move(document)), job_(std::move(job)), outer_stop_(job_.stop, [this] { stop_.request_stop(); }) {
  job_.stop = stop_.get_token();
  job_.failures_kept = &failures_kept_;  // a run that failed is done again, so that it is told what was wrong
  result_ = std::async(std::launch::async, [this] { return typeset::run(job_, sink_); });
}

Guess::~Guess() { stop_.request_stop(); }

std::optional<typeset::Product> Guess::product(const std::string& tex, int most_pages, diag::Sink& sink) {
  if (tex != document_->text) return std::nullopt;
  auto product = result_.get();
  if (!product || product->pages > most_pages) return std::nullopt;
  sink.merge(sink_);
  return product;
}

}  // namespace cvgen::cli
