// A folder of one's own that goes away with its scope.
#pragma once

#include <string>
#include <utility>

#include "io/result.hpp"
#include "io/signals.hpp"

namespace cvgen::io {

// $TMPDIR if that is a folder, else /tmp.
std::string temporary_root();

// Removes a folder and all that is in it; links are removed, never followed. Tells nothing: what can't be removed
// stays.
void remove_folder(const std::string& path);

class TemporaryFolder {
 public:
  // A new folder <temporary_root>/<prefix>XXXXXX that only this user can enter (0700).
  static Result<TemporaryFolder> create(const std::string& prefix = "cvgen-");

  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  TemporaryFolder& operator=(TemporaryFolder&& other) noexcept {
    if (this != &other) {
      if (!path_.empty()) remove_folder(path_);
      path_ = std::exchange(other.path_, {});
    }
    return *this;
  }
  ~TemporaryFolder() {
    if (!path_.empty()) remove_folder(path_);
  }

  const std::string& path() const { return path_; }
  // Lets the folder stay, and says where it is.
  std::string keep() { return std::exchange(path_, {}); }

 private:
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}
  Orderly orderly_;
  std::string path_;
};

}  // namespace cvgen::io
