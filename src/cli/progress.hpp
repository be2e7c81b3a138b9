// One line on a terminal while something takes longer than half a second; gone when it is done.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "io/signals.hpp"

namespace cvgen::cli {

class Progress {
 public:
  // Shows nothing where standard error is no terminal, or when `enabled` is false.
  Progress(std::string line, bool enabled);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // Another line, in the place of the one before.
  void change(std::string line);
  // Text for standard error, above the line.
  void print(const std::string& text);

 private:
  void wait_and_show();
  void show();
  void hide();

  std::string line_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool done_ = false;
  bool due_ = false;    // it has taken long enough
  bool shown_ = false;
  std::optional<io::Orderly> orderly_;  // while it is shown: it is to be taken back
  std::thread thread_;
};

}  // namespace cvgen::cli
