#include "io/descriptor.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>

#include "io/signals.hpp"

namespace cvgen::io {
namespace {

Failure interruption() { return {"interrupted", EINTR}; }

// Waits until fd can be read or written. False if cvgen was interrupted meanwhile.
bool wait_for(int fd, short events) {
  while (!interrupted()) {
    // A negative descriptor is ignored by poll: no handler is installed.
    pollfd waits[] = {{fd, events, 0}, {interrupt_descriptor(), POLLIN, 0}};
    if (::poll(waits, 2, -1) < 0 && errno != EINTR) return true;  // let the read or write say what is wrong
    if (waits[0].revents != 0) return true;
  }
  return false;
}

// A bound the way people name it.
std::string size_in_words(std::size_t bytes) {
  if (bytes >= (1U << 20) && bytes % (1U << 20) == 0) return std::to_string(bytes >> 20) + " MiB";
  if (bytes >= (1U << 10) && bytes % (1U << 10) == 0) return std::to_string(bytes >> 10) + " KiB";
  return std::to_string(bytes) + " bytes";
}

}  // namespace

Failure failure_of(int error) { return {std::generic_category().message(error), error}; }

int Descriptor::close_checked() {
  const int number = std::exchange(number_, -1);
  // EINTR: the descriptor is gone on Linux and must not be closed again.
  return number >= 0 && ::close(number) != 0 && errno != EINTR ? errno : 0;
}

Descriptor open_file(const std::string& path, int flags, unsigned mode) {
  while (true) {
    const int fd = ::open(path.c_str(), flags | O_CLOEXEC, static_cast<mode_t>(mode));
    if (fd >= 0 || errno != EINTR || interrupted()) return Descriptor(fd);
  }
}

Result<std::string> read_all(int fd, std::size_t limit) {
  std::string bytes;
  limit = std::min(limit, std::string().max_size() - 1);
  constexpr std::size_t most = 1U << 16U;
  // A file says how large it is, which saves copying while the string grows.
  struct stat status {};
  if (::fstat(fd, &status) == 0 && S_ISREG(status.st_mode)) bytes.reserve(std::min(static_cast<std::size_t>(status.st_size), limit) + most);
  while (true) {
    if (!wait_for(fd, POLLIN)) return interruption();
    const std::size_t before = bytes.size();
    // One byte more than allowed tells "too large" from "just full".
    const std::size_t chunk = std::min(most, limit - before + 1);
    bytes.resize(before + chunk);
    const ssize_t got = ::read(fd, bytes.data() + before, chunk);
    bytes.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) return bytes;
    if (got < 0 && errno == EISDIR) return Failure{"is a folder", EISDIR};
    if (got < 0 && errno != EINTR && errno != EAGAIN) return failure_of(errno);
    if (bytes.size() > limit) return Failure{"is larger than " + size_in_words(limit), 0};
  }
}

Result<Done> write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    if (!wait_for(fd, POLLOUT)) return interruption();
    const ssize_t put = ::write(fd, bytes.data(), bytes.size());
    if (put < 0 && errno != EINTR && errno != EAGAIN) return failure_of(errno);
    bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(put, 0)));
  }
  return Done{};
}

}  // namespace cvgen::io
