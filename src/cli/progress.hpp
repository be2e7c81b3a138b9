// One line on a terminal while something takes longer than half a second; gone when it is done.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace cvgen::cli {

class Progress {
 public:
  // Shows nothing where standard error is no terminal, or when `enabled` is false.
  Progress(std::string line, bool enabled);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

 private:
  void wait_and_show();

  std::string line_;
  std::mutex mutex_;
  std::condition_variable done_changed_;
  bool done_ = false;
  bool shown_ = false;
  std::thread thread_;
};

}  // namespace cvgen::cli
