#include "cli/progress.hpp"

#include <chrono>
#include <system_error>

#include "io/environment.hpp"
#include "io/file.hpp"

namespace cvgen::cli {
namespace {

constexpr auto patience = std::chrono::milliseconds(500);
constexpr auto between_changes = std::chrono::milliseconds(100);

}  // namespace

Progress::Progress(std::string line, bool enabled) : line_(std::move(line)) {
  try {
    if (enabled && io::is_terminal(2)) thread_ = std::thread([this] { wait_and_show(); });
  } catch (const std::system_error&) {
    // The work matters more.
  }
}

Progress::~Progress() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  woken_.notify_one();
  thread_.join();
  hide();
}

void Progress::change(std::string line) {
  const std::lock_guard lock(mutex_);
  line_ = std::move(line);
}

void Progress::print(const std::string& text) {
  if (text.empty()) return;
  const std::lock_guard lock(mutex_);
  hide();
  (void)io::write_stderr(text);
  show();
}

void Progress::wait_and_show() {
  std::unique_lock lock(mutex_);
  auto wait = patience;
  std::string last;
  while (!woken_.wait_for(lock, wait, [this] { return done_; })) {
    wait = between_changes;
    due_ = true;
    if (line_ == last) continue;
    last = line_;
    show();
  }
}

void Progress::show() {
  if (!due_) return;
  // A line that wraps could not be taken back.
  const auto room = static_cast<std::size_t>(io::terminal_width(2));
  (void)io::write_stderr("\r\x1b[K" + (line_.size() < room ? line_ : line_.substr(0, room - 1)));
  orderly_.emplace();
  shown_ = true;
}

void Progress::hide() {
  if (shown_) io::write_last_words("\r\x1b[K");
  shown_ = false;
  orderly_.reset();
}

}  // namespace cvgen::cli
