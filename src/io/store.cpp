#include "io/store.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "io/file.hpp"

namespace cvgen::io {

std::optional<Stamp> stamp(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return Stamp{static_cast<std::uint64_t>(status.st_size), static_cast<std::uint64_t>(status.st_ino),
               std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec};
}

Result<Done> make_private_folder(const std::string& path) {
  for (auto slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
    if (::mkdir(path.substr(0, slash).c_str(), 0700) != 0 && errno != EEXIST) {
      // Above it may be a folder on a system that is read-only, but there.
      if (slash == std::string::npos || !is_folder(path.substr(0, slash))) return failure_of(errno);
    }
    if (slash == std::string::npos) break;
  }
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return failure_of(errno);
  if (!S_ISDIR(status.st_mode)) return Failure{"is not a folder", ENOTDIR};
  if (status.st_uid != ::geteuid()) return Failure{"belongs to someone else", EPERM};
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) return Failure{"others may write to it", EPERM};
  return Done{};
}

Result<Done> rename(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return failure_of(errno);
  return Done{};
}

Result<Done> make_link(const std::string& target, const std::string& path) {
  if (::symlink(target.c_str(), path.c_str()) != 0) return failure_of(errno);
  return Done{};
}

void remove_file(const std::string& path) { ::unlink(path.c_str()); }

void touch(const std::string& path) { ::utimensat(AT_FDCWD, path.c_str(), nullptr, 0); }

std::uint64_t folder_size(const std::string& path) {
  std::uint64_t sum = 0;
  const auto names = list_folder(path);
  if (!names) return 0;
  for (const auto& name : *names) {
    struct stat status {};
    const auto inner = path + '/' + name;
    if (::lstat(inner.c_str(), &status) != 0) continue;
    if (S_ISDIR(status.st_mode)) sum += folder_size(inner);
    else if (S_ISREG(status.st_mode)) sum += static_cast<std::uint64_t>(status.st_blocks) * 512;
  }
  return sum;
}

std::optional<Lock> Lock::take(const std::string& path) {
  auto file = open_file(path, O_RDWR | O_CREAT | O_NOFOLLOW, 0600);
  if (!file || ::flock(file.get(), LOCK_EX | LOCK_NB) != 0) return std::nullopt;
  return Lock(std::move(file));
}

}  // namespace cvgen::io
