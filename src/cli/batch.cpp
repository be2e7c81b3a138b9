#include "cli/batch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <mutex>
#include <optional>

#include "cli/job.hpp"
#include "cli/outputs.hpp"
#include "cli/parallel.hpp"
#include "cli/progress.hpp"
#include "io/environment.hpp"
#include "io/file.hpp"
#include "io/signals.hpp"

namespace cvgen::cli {
namespace {

constexpr std::size_t most_named = 5;

std::string number(std::size_t n) {
  auto digits = std::to_string(n);
  for (auto place = static_cast<std::ptrdiff_t>(digits.size()) - 3; place > 0; place -= 3) digits.insert(static_cast<std::size_t>(place), ",");
  return digits;
}

std::string duration(long whole) {
  if (whole < 120) return fmt::format("{} s", whole);
  if (whole < 7200) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole / 60 % 60);
}

std::string exact_duration(double seconds) { return seconds < 9.995 ? fmt::format("{:.2f} s", seconds) : duration(std::lround(seconds)); }

struct Told {
  std::string words;
  std::string dependencies;
};

// What has become of the CVs so far.
class Tally {
 public:
  Tally(const RenderRequest& request, diag::Format format, Progress& progress, double start)
      : request_(request), format_(format), progress_(progress), start_(start) {}

  // Of input number i; may be called from any thread. Words wait until those of all before it are said.
  void add(std::size_t i, Exit end, Told told) {
    const std::lock_guard lock(mutex_);
    ++done_;
    if (end != Exit::ok) bad_.emplace(i, end);
    waiting_.emplace(i, std::move(told));
    for (auto next = waiting_.begin(); next != waiting_.end() && next->first == said_; next = waiting_.erase(next), ++said_) {
      say(next->second.words);
      dependencies_ += next->second.dependencies;
    }
    progress_.change(line());
  }

  // The log of all and of some last words, where what was said makes one.
  std::string log(const std::string& last) const { return log_ + (log_.empty() || last.empty() ? "" : ",\n") + last; }

  Exit worst() const {
    const auto found = std::max_element(bad_.begin(), bad_.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return found == bad_.end() ? Exit::ok : found->second;
  }

  const std::string& dependencies() const { return dependencies_; }

  std::string summary() const {
    const auto& folder = request_.naming.output;
    auto words = fmt::format("{} {}{} CVs{} in {}", request_.compile.dry_run ? "looked at" : "rendered", number(done_ - bad_.size()),
                             done_ < request_.inputs.size() || !bad_.empty() ? fmt::format(" of {}", number(request_.inputs.size())) : "",
                             folder.empty() || request_.compile.dry_run ? "" : fmt::format(" to {}", folder), exact_duration(io::now() - start_));
    if (!bad_.empty()) words += fmt::format(", {} with errors:", number(bad_.size()));
    std::size_t named = 0;
    for (const auto& [i, end] : bad_) {
      if (named++ == most_named) break;
      words += fmt::format("{} {}", named == 1 ? "" : ",", request_.inputs[i]);
    }
    if (bad_.size() > most_named) words += fmt::format(" and {} more", number(bad_.size() - most_named));
    return words;
  }

 private:
  void say(const std::string& words) {
    if (format_ != diag::Format::sarif) progress_.print(words);
    else if (!words.empty()) log_ += (log_.empty() ? "" : ",\n") + words;
  }

  std::string line() const {
    const double passed = io::now() - start_;
    const auto left = passed / static_cast<double>(done_) * static_cast<double>(request_.inputs.size() - done_);
    return fmt::format("{} of {} CVs{}, {} left", number(done_), number(request_.inputs.size()),
                       bad_.empty() ? "" : fmt::format(", {} with errors", number(bad_.size())), duration(std::lround(std::ceil(left))));
  }

  const RenderRequest& request_;
  diag::Format format_;
  Progress& progress_;
  double start_;
  std::string log_;
  std::mutex mutex_;
  std::size_t done_ = 0;
  std::size_t said_ = 0;
  std::map<std::size_t, Told> waiting_;
  std::string dependencies_;
  std::map<std::size_t, Exit> bad_;
};

}  // namespace

Exit render_batch(const RenderRequest& request, const Session& blank) {
  const io::Orderly orderly;
  auto common = blank;
  if (!make_output_folder(request, common.sink)) {
    common.report();
    return common.verdict();
  }
  const auto count = request.inputs.size();
  std::optional<Progress> progress(std::in_place, fmt::format("0 of {} CVs", number(count)), !blank.quiet);
  Tally tally(request, blank.rendering.format, *progress, io::now());
  // Where there are few CVs with many variants, these share the processors.
  const auto threads_each = std::max(1U, request.jobs / static_cast<unsigned>(std::min<std::size_t>(count, request.jobs)));
  // A template with a fault would leave a folder for each CV.
  std::atomic<int> failures_kept = 1;
  auto each = request;
  each.compile.failures_kept = &failures_kept;
  for_each_index(count, request.jobs, [&](std::size_t i) {
    if (io::interrupted()) return;
    auto session = blank;
    auto rendered = render_cv(each.inputs[i], each, threads_each, session);
    // Of a CV in the middle of which the run was interrupted there is nothing to say.
    if (!io::interrupted()) tally.add(i, session.verdict(), {words_on(rendered, request, session), std::move(rendered.dependencies)});
  });
  progress.reset();
  if (io::interrupted()) {
    if (!blank.quiet) io::write_last_words(tally.summary() + "\n");
    return Exit::interrupted;
  }
  common.say(tally.summary());
  if (tally.worst() == Exit::ok) write_depfile(tally.dependencies(), request, common);
  if (blank.rendering.format == diag::Format::sarif) blank.tell(tally.log(common.report_words()));
  else common.report();
  return std::max(tally.worst(), common.verdict());
}

}  // namespace cvgen::cli
