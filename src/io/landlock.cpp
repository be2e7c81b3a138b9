#include "io/landlock.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#ifdef __linux__
#include <sys/syscall.h>
#endif

#ifdef SYS_landlock_create_ruleset
#include <linux/landlock.h>

// Later than the headers of Debian 12.
#ifndef LANDLOCK_ACCESS_FS_REFER
#define LANDLOCK_ACCESS_FS_REFER (1ULL << 13)
#endif
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif
#ifndef LANDLOCK_ACCESS_FS_IOCTL_DEV
#define LANDLOCK_ACCESS_FS_IOCTL_DEV (1ULL << 15)
#endif

namespace cvgen::io::landlock {
namespace {

// struct landlock_ruleset_attr of the sixth version. An older kernel takes it as long as what it does not know is 0.
struct Handled {
  std::uint64_t files = 0;
  std::uint64_t net = 0;
  std::uint64_t scoped = 0;
};

constexpr std::uint64_t of_files = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_TRUNCATE | LANDLOCK_ACCESS_FS_IOCTL_DEV;
constexpr std::uint64_t reading = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
// No program is run from where it can be written; no links, pipes, sockets or devices are made.
constexpr std::uint64_t writing = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_TRUNCATE |
                                  LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR;

Handled handled_by(int version) {
  constexpr std::uint64_t first = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1U) - 1;  // all of version 1
  constexpr std::uint64_t bind_and_connect = 3, abstract_sockets_and_signals = 3;
  Handled handled{first};
  if (version >= 2) handled.files |= LANDLOCK_ACCESS_FS_REFER;
  if (version >= 3) handled.files |= LANDLOCK_ACCESS_FS_TRUNCATE;
  if (version >= 4) handled.net = bind_and_connect;
  if (version >= 5) handled.files |= LANDLOCK_ACCESS_FS_IOCTL_DEV;
  if (version >= 6) handled.scoped = abstract_sockets_and_signals;
  return handled;
}

// 0, or an errno.
int allow(int ruleset, const std::string& path, std::uint64_t rights) {
  const Descriptor place = open_file(path, O_PATH);
  if (!place) return errno == ENOENT || errno == EACCES || errno == ENOTDIR || errno == ELOOP || errno == ENAMETOOLONG ? 0 : errno;
  struct stat status {};
  if (::fstat(place.get(), &status) != 0) return errno;
  landlock_path_beneath_attr rule{};
  rule.allowed_access = S_ISDIR(status.st_mode) ? rights : rights & of_files;
  rule.parent_fd = place.get();
  return ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0U) == 0 ? 0 : errno;
}

}  // namespace

int version() {
  const auto known = ::syscall(SYS_landlock_create_ruleset, nullptr, 0UL, LANDLOCK_CREATE_RULESET_VERSION);
  return known > 0 ? static_cast<int>(known) : 0;
}

Result<Descriptor> rules(const Sandbox& sandbox) {
  const int known = version();
  if (known == 0) return Descriptor();
  const auto handled = handled_by(known);
  Descriptor ruleset(static_cast<int>(::syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0U)));
  if (!ruleset) return failure_of(errno);
  for (const auto& path : sandbox.readable) {
    if (const int error = allow(ruleset.get(), path, reading & handled.files)) return failure_of(error);
  }
  for (const auto& path : sandbox.writable) {
    if (const int error = allow(ruleset.get(), path, writing & handled.files)) return failure_of(error);
  }
  return ruleset;
}

bool enter(int ruleset) { return ::syscall(SYS_landlock_restrict_self, ruleset, 0U) == 0; }

}  // namespace cvgen::io::landlock

#else

namespace cvgen::io::landlock {

int version() { return 0; }

Result<Descriptor> rules(const Sandbox&) { return Descriptor(); }

bool enter(int) { return false; }

}  // namespace cvgen::io::landlock

#endif
