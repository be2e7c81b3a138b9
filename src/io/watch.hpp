// Being told when files change.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "io/descriptor.hpp"

namespace cvgen::io {

// Watches the folders that files are in, by inotify(7), so that it sees files that are replaced, that vanish, that come
// back, or that are not there yet, links and what they lead to. Where the system tells nothing (other systems, network
// file systems, too many watches) it looks at the files itself once in a while.
class FileWatch {
 public:
  FileWatch();

  // These from now on, and no others. May be called while another thread waits.
  void watch(const std::set<std::string>& paths);

  // Those of them that were written, replaced, made or removed, as soon as there are any; the content may be the same as
  // before. None if nothing of the kind happened in that time, or when cvgen is interrupted.
  std::set<std::string> wait(std::chrono::milliseconds longest);

 private:
  // Of a file, whatever stat(2) says changes with it; value-initialised: it isn't there.
  struct Stamp {
    unsigned long device = 0, inode = 0;
    long long size = 0, seconds = 0, nanoseconds = 0;

    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  static Stamp stamp_of(const std::string& path);

  void enter(const std::string& path);
  void add(const std::string& folder, const std::string& name, const std::string& path);
  std::set<std::string> events();
  std::set<std::string> changed_stamps();

  std::mutex mutex_;
  Descriptor inotify_;
  std::map<std::string, Stamp> stamps_;                         // of the files
  std::map<std::pair<int, std::string>, std::set<std::string>> names_;  // watch and name in its folder -> files that hang on it
};

}  // namespace cvgen::io
