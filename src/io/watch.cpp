#include "io/watch.hpp"

#include <poll.h>
#include <sys/stat.h>

#ifdef __linux__
#include <sys/inotify.h>
#endif

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "io/environment.hpp"
#include "io/file.hpp"
#include "io/signals.hpp"

namespace cvgen::io {
namespace {

// Between two looks at the files themselves, seconds.
constexpr double between_looks = 1;

std::string name_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

FileWatch::FileWatch() {
#ifdef __linux__
  inotify_ = Descriptor(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
#endif
}

FileWatch::Stamp FileWatch::stamp_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return {};
#ifdef __APPLE__
  const auto& time = status.st_mtimespec;
#else
  const auto& time = status.st_mtim;
#endif
  return {static_cast<unsigned long>(status.st_dev), static_cast<unsigned long>(status.st_ino), status.st_size, time.tv_sec, time.tv_nsec};
}

void FileWatch::watch(const std::set<std::string>& paths) {
  const std::lock_guard lock(mutex_);
  std::erase_if(stamps_, [&](const auto& known) { return !paths.contains(known.first); });
  std::set<int> before;
  for (auto& [place, files] : names_) {
    before.insert(place.first);
    std::erase_if(files, [&](const std::string& file) { return !paths.contains(file); });
  }
  std::erase_if(names_, [](const auto& entry) { return entry.second.empty(); });
  for (const auto& path : paths) {
    if (stamps_.emplace(path, stamp_of(path)).second) enter(path);
  }
#ifdef __linux__
  for (const auto& [place, files] : names_) before.erase(place.first);
  for (const int folder : before) ::inotify_rm_watch(inotify_.get(), folder);
#endif
}

void FileWatch::enter(const std::string& path) {
  add(folder_of(path), name_of(path), path);
  // The end of a link lives in another folder.
  if (const auto real = canonical_path(path)) add(folder_of(*real), name_of(*real), path);
  // Of a folder that isn't there, the nearest above it that is.
  auto folder = folder_of(path);
  while (!is_folder(folder) && folder != "/" && folder != ".") {
    add(folder_of(folder), name_of(folder), path);
    folder = folder_of(folder);
  }
}

void FileWatch::add(const std::string& folder, const std::string& name, const std::string& path) {
#ifdef __linux__
  constexpr auto mask = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
  const int watch = ::inotify_add_watch(inotify_.get(), folder.c_str(), mask);
  if (watch < 0) return;  // the looks at the files will have to do
  names_[{watch, name}].insert(path);
  names_[{watch, ""}].insert(path);  // what happens to the folder itself
#else
  static_cast<void>(folder), static_cast<void>(name), static_cast<void>(path);
#endif
}

std::set<std::string> FileWatch::events() {
  std::set<std::string> touched;
#ifdef __linux__
  alignas(inotify_event) char buffer[1 << 14];
  ssize_t got = 0;
  while ((got = ::read(inotify_.get(), buffer, sizeof buffer)) > 0) {
    for (ssize_t at = 0; at < got;) {
      inotify_event event;
      std::memcpy(&event, buffer + at, sizeof event);
      const char* const name = buffer + at + sizeof event;
      at += static_cast<ssize_t>(sizeof event + event.len);
      if ((event.mask & IN_Q_OVERFLOW) != 0) {
        for (const auto& [path, stamp] : stamps_) touched.insert(path);
        continue;
      }
      const auto found = names_.find({event.wd, event.len > 0 ? std::string(name) : std::string()});
      if (found != names_.end()) touched.insert(found->second.begin(), found->second.end());
      // The folder is gone, and the number of its watch with it.
      if ((event.mask & IN_IGNORED) != 0) std::erase_if(names_, [watch = event.wd](const auto& entry) { return entry.first.first == watch; });
    }
  }
#endif
  // Folders may have come and gone, links may lead elsewhere.
  for (const auto& path : touched) {
    enter(path);
    stamps_[path] = stamp_of(path);
  }
  return touched;
}

std::set<std::string> FileWatch::changed_stamps() {
  std::set<std::string> touched;
  for (auto& [path, stamp] : stamps_) {
    const auto now = stamp_of(path);
    if (now == stamp) continue;
    stamp = now;
    touched.insert(path);
    enter(path);
  }
  return touched;
}

std::set<std::string> FileWatch::wait(std::chrono::milliseconds longest) {
  const double end = now() + std::chrono::duration<double>(longest).count();
  double look = now() + between_looks;
  while (!interrupted()) {
    const double rest = std::max(0.0, std::min(end, look) - now());
    pollfd waits[] = {{inotify_.get(), POLLIN, 0}, {interrupt_descriptor(), POLLIN, 0}};
    ::poll(waits, 2, static_cast<int>(rest * 1000) + (rest > 0 ? 1 : 0));
    const std::lock_guard lock(mutex_);
    if (auto touched = events(); !touched.empty()) return touched;
    if (now() >= look) {
      if (auto touched = changed_stamps(); !touched.empty()) return touched;
      look = now() + between_looks;
    }
    if (now() >= end) break;
  }
  return {};
}

}  // namespace cvgen::io
