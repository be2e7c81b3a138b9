#include "cli/changes.hpp"

#include <algorithm>
#include <utility>

#include "io/environment.hpp"
#include "io/signals.hpp"

namespace cvgen::cli {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds patience{2000};

// A save is rendered at once. Where one follows so soon upon the other, more are to be expected, and the last one counts.
constexpr double soon = 0.05;  // seconds
constexpr milliseconds between_saves{20};
// Editors move a file away or empty it before they write it anew.
constexpr milliseconds while_incomplete{150};
constexpr double longest_burst = 3;

}  // namespace

Changes::Changes() : thread_([this](std::stop_token stop) { run(std::move(stop)); }) {}

void Changes::watch(const std::map<std::string, std::optional<std::uint64_t>>& files) {
  std::set<std::string> paths, added;
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(seen_, [&](const auto& file) { return !files.contains(file.first); });
    for (const auto& file : files) {
      paths.insert(file.first);
      if (seen_.insert(file).second) added.insert(file.first);
    }
  }
  files_.watch(paths);
  if (take(added)) told_.notify_one();
}

// Whether the content of any of them is another than it was. Then the render under way is not wanted any more.
bool Changes::take(const std::set<std::string>& touched) {
  bool changed = false;
  for (const auto& path : touched) {
    const auto now = fingerprint_of(path);
    const std::lock_guard lock(mutex_);
    const auto seen = seen_.find(path);
    if (seen == seen_.end() || seen->second == now) continue;
    seen->second = now;
    changed_.insert(path);
    state_.request_stop();
    changed = true;
  }
  return changed;
}

bool Changes::is_incomplete(const std::set<std::string>& touched) {
  return std::any_of(touched.begin(), touched.end(), [](const std::string& path) { return fingerprint_of(path).value_or(fingerprint({})) == fingerprint({}); });
}

void Changes::run(std::stop_token stop) {
  double last = -soon;
  while (!stop.stop_requested() && !io::interrupted()) {
    auto touched = files_.wait(patience);
    if (!take(touched)) continue;
    const double begin = io::now();
    {
      const std::lock_guard lock(mutex_);
      settled_ = false;
    }
    told_.notify_one();
    while (io::now() - begin < longest_burst) {
      const bool incomplete = is_incomplete(touched);
      if (!incomplete && begin - last > soon) break;
      touched = files_.wait(incomplete ? while_incomplete : between_saves);
      if (touched.empty()) break;
      take(touched);
    }
    last = io::now();
    {
      const std::lock_guard lock(mutex_);
      settled_ = true;
    }
    told_.notify_one();
  }
  const std::lock_guard lock(mutex_);
  over_ = true;
  told_.notify_one();
}

std::set<std::string> Changes::next() {
  std::unique_lock lock(mutex_);
  told_.wait(lock, [this] { return over_ || (settled_ && !changed_.empty()); });
  state_ = {};
  return over_ ? std::set<std::string>() : std::exchange(changed_, {});
}

bool Changes::stay_away_for(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return !told_.wait_for(lock, time, [this] { return over_ || !settled_ || !changed_.empty(); });
}

std::stop_token Changes::current() {
  const std::lock_guard lock(mutex_);
  return state_.get_token();
}

}  // namespace cvgen::cli
