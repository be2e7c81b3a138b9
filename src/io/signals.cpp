#include "io/signals.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

namespace cvgen::io {
namespace {

// A signal handler can reach nothing else than globals; these are the only ones of cvgen.
std::atomic<bool> flag = false;
std::atomic<int> orderly = 0;
std::atomic<int> read_end = -1;
std::atomic<int> write_end = -1;
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

extern "C" void on_interrupt(int) {
  // Whoever asks twice means now.
  if (flag.exchange(true) || orderly.load() == 0) ::_exit(130);
  const int saved = errno;
  [[maybe_unused]] const auto put = ::write(write_end.load(), "!", 1);
  errno = saved;
}

void handle(int signal, void (*handler)(int)) {
  struct sigaction old {};
  if (::sigaction(signal, nullptr, &old) == 0 && old.sa_handler == SIG_IGN) return;
  struct sigaction action {};
  action.sa_handler = handler;
  ::sigemptyset(&action.sa_mask);
  // No SA_RESTART: a blocking open or read is to come back with EINTR.
  ::sigaction(signal, &action, nullptr);
}

}  // namespace

void install_interrupt_handler() {
  if (read_end.load() < 0) {
    int ends[2];
    if (::pipe(ends) != 0) return;
    for (const int end : ends) {
      ::fcntl(end, F_SETFD, FD_CLOEXEC);
      ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
    read_end = ends[0];
    write_end = ends[1];
  }
  handle(SIGINT, on_interrupt);
  handle(SIGTERM, on_interrupt);
  handle(SIGHUP, on_interrupt);
  handle(SIGPIPE, SIG_IGN);
  handle(SIGXFSZ, SIG_IGN);
  // If the caller ignores it, children vanish before they can be asked how they ended.
  ::signal(SIGCHLD, SIG_DFL);
}

Orderly::Orderly() { ++orderly; }

Orderly::Orderly(const Orderly&) { ++orderly; }

Orderly::~Orderly() { --orderly; }

bool interrupted() { return flag.load(); }

int interrupt_descriptor() { return read_end.load(); }

void clear_interrupt() {
  char byte;
  while (read_end.load() >= 0 && ::read(read_end.load(), &byte, 1) == 1) {
  }
  flag = false;
}

}  // namespace cvgen::io
