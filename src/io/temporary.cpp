#include "io/temporary.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

#include "io/environment.hpp"
#include "io/file.hpp"

namespace cvgen::io {
namespace {

// Empties the folder that is called `name` in the folder `parent`. Works on descriptors, so that nobody can swap a
// folder for a link between the look and the deed.
void empty_folder(int parent, const char* name) {
  constexpr int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  int fd = ::openat(parent, name, flags);
  if (fd < 0 && errno == EACCES) {
    ::fchmodat(parent, name, 0700, 0);
    fd = ::openat(parent, name, flags);
  }
  if (fd < 0) return;
  DIR* folder = ::fdopendir(fd);
  if (folder == nullptr) {
    ::close(fd);
    return;
  }
  ::fchmod(fd, 0700);  // a folder that is read-only can't be emptied
  while (const dirent* entry = ::readdir(folder)) {
    const std::string_view child = entry->d_name;
    if (child == "." || child == "..") continue;
    if (::unlinkat(fd, entry->d_name, 0) == 0) continue;
    empty_folder(fd, entry->d_name);
    ::unlinkat(fd, entry->d_name, AT_REMOVEDIR);
  }
  ::closedir(folder);
}

}  // namespace

std::string temporary_root() {
  auto folder = variable("TMPDIR");
  if (!folder || !is_folder(*folder)) return "/tmp";
  while (folder->size() > 1 && folder->ends_with('/')) folder->pop_back();
  return *folder;
}

void remove_folder(const std::string& path) {
  empty_folder(AT_FDCWD, path.c_str());
  ::rmdir(path.c_str());
}

Result<TemporaryFolder> TemporaryFolder::create(const std::string& prefix) {
  const Orderly orderly;
  // Absolute, since a process may be started in another folder.
  const auto root = canonical_path(temporary_root());
  if (!root) return root.failure();
  std::string path = *root + '/' + prefix + "XXXXXX";
  if (::mkdtemp(path.data()) == nullptr) return failure_of(errno);
  return TemporaryFolder(std::move(path));
}

}  // namespace cvgen::io
