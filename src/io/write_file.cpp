// Writing a file whole or not at all.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdio>
#include <optional>

#include "io/descriptor.hpp"
#include "io/file.hpp"
#include "io/signals.hpp"

namespace cvgen::io {
namespace {

// Where a chain of links ends, though nothing need be there yet.
Result<std::string> link_target(std::string path) {
  for (int steps = 0; steps < 40; ++steps) {
    char target[PATH_MAX];
    const ssize_t length = ::readlink(path.c_str(), target, sizeof target);
    if (length < 0) return path;  // no link, or nothing there
    const std::string next(target, static_cast<std::size_t>(length));
    path = next.starts_with('/') ? next : folder_of(path) + '/' + next;
  }
  return failure_of(ELOOP);
}

Result<Done> write_directly(const std::string& path, std::string_view bytes) {
  Descriptor file = open_file(path, O_WRONLY | O_NOCTTY);
  if (!file) return failure_of(errno);
  if (auto written = write_all(file.get(), bytes); !written) return written;
  if (const int error = file.close_checked()) return failure_of(error);
  return Done{};
}

// A file of our own that is removed again unless it was given its final name.
class Draft {
 public:
  Draft() = default;
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }

  // Created by open(2) rather than mkstemp(3), so that the umask applies without asking for it (which no thread can
  // do safely).
  Result<Done> create(const std::string& folder) {
    for (int tries = 0; tries < 1000; ++tries) {
      const std::string path = folder + "/.cvgen-" + std::to_string(::getpid()) + '-' + std::to_string(tries) + ".tmp";
      file_ = open_file(path, O_WRONLY | O_CREAT | O_EXCL, 0666);
      if (file_) {
        path_ = path;
        return Done{};
      }
      if (errno != EEXIST) break;
    }
    const int error = errno;
    return Failure{"can't create a file in the folder `" + folder + "`: " + failure_of(error).what, error};
  }

  Result<Done> fill(std::string_view bytes, const std::optional<struct stat>& old) {
    if (auto written = write_all(file_.get(), bytes); !written) return written;
    if (old) {
      // The owner first: chown clears set-id bits. Only root may give files away, so a refusal is no failure.
      [[maybe_unused]] const int owner = ::fchown(file_.get(), old->st_uid, old->st_gid);
      if (::fchmod(file_.get(), old->st_mode & 07777) != 0) return failure_of(errno);
    }
    if (const int error = file_.close_checked()) return failure_of(error);
    return Done{};
  }

  Result<Done> become(const std::string& target) {
    if (::rename(path_.c_str(), target.c_str()) != 0) return failure_of(errno);
    path_.clear();
    return Done{};
  }

 private:
  Orderly orderly_;
  Descriptor file_;
  std::string path_;
};

}  // namespace

Result<Done> write_file(const std::string& path, std::string_view bytes) {
  // These may name a regular file (`cvgen ... -o /dev/stdout >> all.txt`), which must not be swapped for another
  // under the shell's feet.
  if (path == "/dev/stdout" || path == "/dev/fd/1") return write_stdout(bytes);
  if (path == "/dev/stderr" || path == "/dev/fd/2") return write_stderr(bytes);

  std::optional<struct stat> old;
  if (struct stat status{}; ::stat(path.c_str(), &status) == 0) old = status;
  if (old && S_ISDIR(old->st_mode)) return Failure{"is a folder", EISDIR};
  if (old && !S_ISREG(old->st_mode)) return write_directly(path, bytes);
  if (old && ::access(path.c_str(), W_OK) != 0) return failure_of(errno);
  if (path.empty() || path.ends_with('/')) return failure_of(path.empty() ? ENOENT : ENOTDIR);

  const auto target = link_target(path);
  if (!target) return target.failure();
  if (!is_folder(folder_of(*target))) return Failure{"the folder `" + folder_of(*target) + "` does not exist", ENOENT};
  Draft draft;
  if (auto created = draft.create(folder_of(*target)); !created) return created;
  if (auto filled = draft.fill(bytes, old); !filled) return filled;
  return draft.become(*target);
}

}  // namespace cvgen::io
