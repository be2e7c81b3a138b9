#include "io/file.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <memory>

#include "io/descriptor.hpp"

namespace cvgen::io {

Result<std::string> read_file(const std::string& path, std::size_t limit) {
  const Descriptor file = open_file(path, O_RDONLY | O_NOCTTY);
  if (!file) return failure_of(errno);
  return read_all(file.get(), limit);
}

Result<std::string> read_regular_file(const std::string& path, std::size_t limit) {
  // A pipe would keep us waiting.
  const Descriptor file = open_file(path, O_RDONLY | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK);
  if (!file) return failure_of(errno);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return failure_of(errno);
  if (S_ISDIR(status.st_mode)) return Failure{"is a folder", EISDIR};
  if (!S_ISREG(status.st_mode)) return Failure{"is not a regular file", 0};
  return read_all(file.get(), limit);
}

Result<std::string> read_start(const std::string& path, std::size_t count) {
  const Descriptor file = open_file(path, O_RDONLY | O_NOCTTY);
  if (!file) return failure_of(errno);
  std::string bytes(count, '\0');
  ssize_t got = 0;
  do {
    got = ::read(file.get(), bytes.data(), count);
  } while (got < 0 && errno == EINTR);
  if (got < 0) return failure_of(errno);
  bytes.resize(static_cast<std::size_t>(got));
  return bytes;
}

Result<Done> read_pieces(const std::string& path, const std::function<void(std::string_view)>& take) {
  const Descriptor file = open_file(path, O_RDONLY | O_NOCTTY);
  if (!file) return failure_of(errno);
  std::string piece(256U << 10U, '\0');
  while (true) {
    std::size_t filled = 0;
    while (filled < piece.size()) {
      const auto got = ::read(file.get(), piece.data() + filled, piece.size() - filled);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return failure_of(errno);
      if (got == 0) break;
      filled += static_cast<std::size_t>(got);
    }
    if (filled > 0) take(std::string_view(piece).substr(0, filled));
    if (filled < piece.size()) return Done{};
  }
}

Result<std::string> read_stdin(std::size_t limit) { return read_all(STDIN_FILENO, limit); }

Result<Done> write_stdout(std::string_view bytes) { return write_all(STDOUT_FILENO, bytes); }

Result<Done> write_stderr(std::string_view bytes) { return write_all(STDERR_FILENO, bytes); }

void write_last_words(std::string_view bytes) {
  pollfd waits{STDERR_FILENO, POLLOUT, 0};
  if (::poll(&waits, 1, 0) == 1 && (waits.revents & POLLOUT) != 0) [[maybe_unused]] const auto put = ::write(STDERR_FILENO, bytes.data(), bytes.size());
}

Result<Done> make_folder(const std::string& path) {
  for (auto slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
    const auto part = path.substr(0, slash);
    if (::mkdir(part.c_str(), 0777) != 0 && errno != EEXIST) return failure_of(errno);
    if (slash == std::string::npos) break;
  }
  return is_folder(path) ? Result<Done>(Done{}) : Result<Done>(Failure{"is not a folder", 0});
}

bool file_exists(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0;
}

bool is_folder(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool is_regular_file(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

Result<std::vector<std::string>> list_folder(const std::string& path) {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(path.c_str()), &::closedir);
  if (!folder) return failure_of(errno);
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(folder.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

Result<std::uint64_t> file_size(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return failure_of(errno);
  return static_cast<std::uint64_t>(status.st_size);
}

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

Result<std::string> canonical_path(const std::string& path) {
  const std::unique_ptr<char, void (*)(void*)> resolved(::realpath(path.c_str(), nullptr), &std::free);
  if (!resolved) return failure_of(errno);
  return std::string(resolved.get());
}

}  // namespace cvgen::io
