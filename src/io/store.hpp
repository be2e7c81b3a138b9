// What a cache on disk is made of: folders of one's own, marks of files, locks, and steps that happen whole or not at all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "io/descriptor.hpp"
#include "io/result.hpp"

namespace cvgen::io {

// Tells one state of a file or folder from another without reading it.
struct Stamp {
  std::uint64_t size = 0;
  std::uint64_t inode = 0;
  std::int64_t changed = 0;  // nanoseconds since 1970, of the content

  friend bool operator==(const Stamp&, const Stamp&) = default;
};

// Links are followed; nothing if there is nothing.
std::optional<Stamp> stamp(const std::string& path);

// The folder, and those above it that are missing, for this user only (0700). A Failure too if it is there but belongs to
// someone else, is a link, or others may write to it.
Result<Done> make_private_folder(const std::string& path);

// Takes the place of a file of that name, but not of a folder that has something in it.
Result<Done> rename(const std::string& from, const std::string& to);
Result<Done> make_link(const std::string& target, const std::string& path);
void remove_file(const std::string& path);
// Says that it has been used now.
void touch(const std::string& path);
// Bytes on disk of all that is in it; links count nothing.
std::uint64_t folder_size(const std::string& path);

// Of one process at a time: free again when the process ends, however it does.
class Lock {
 public:
  // Nothing if another has it, or if the file can't be made.
  static std::optional<Lock> take(const std::string& path);

 private:
  explicit Lock(Descriptor file) : file_(std::move(file)) {}
  Descriptor file_;
};

}  // namespace cvgen::io
