// What of the files of a watched CV has changed, by content.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <thread>

#include "cli/files.hpp"
#include "io/watch.hpp"

namespace cvgen::cli {

// Watches in a thread of its own, while a render of the last known state may be under way.
class Changes {
 public:
  Changes();

  // The files to watch from now on, as they were read. What has changed since it was read counts as a change.
  void watch(const std::map<std::string, std::optional<std::uint64_t>>& files);

  // Waits for the next changes: of saves shortly after each other the first, then the others together. None: cvgen was
  // interrupted.
  std::set<std::string> next();

  // Whether nothing changes for so long.
  bool stay_away_for(std::chrono::milliseconds time);

  // Of the state that next() told of: stopped as soon as something changes again.
  std::stop_token current();

 private:
  void run(std::stop_token stop);
  bool take(const std::set<std::string>& touched);
  bool is_incomplete(const std::set<std::string>& touched);

  io::FileWatch files_;
  std::mutex mutex_;
  std::condition_variable told_;
  std::map<std::string, std::optional<std::uint64_t>> seen_;
  std::set<std::string> changed_;
  bool settled_ = true;  // no burst is going on
  bool over_ = false;
  std::stop_source state_;
  std::jthread thread_;
};

}  // namespace cvgen::cli
