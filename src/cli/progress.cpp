#include "cli/progress.hpp"

#include <chrono>

#include "io/environment.hpp"
#include "io/file.hpp"

namespace cvgen::cli {

Progress::Progress(std::string line, bool enabled) : line_(std::move(line)) {
  if (enabled && io::is_terminal(2)) thread_ = std::thread([this] { wait_and_show(); });
}

Progress::~Progress() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  done_changed_.notify_one();
  thread_.join();
  if (shown_) (void)io::write_stderr("\r\x1b[K");
}

void Progress::wait_and_show() {
  std::unique_lock lock(mutex_);
  if (done_changed_.wait_for(lock, std::chrono::milliseconds(500), [this] { return done_; })) return;
  shown_ = true;
  (void)io::write_stderr(line_);
}

}  // namespace cvgen::cli
