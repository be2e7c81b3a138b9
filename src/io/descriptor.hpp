// File descriptors inside io: closed by scope, reads and writes that survive signals and come back on an interruption.
#pragma once

#include <unistd.h>

#include <string>
#include <string_view>
#include <utility>

#include "io/result.hpp"

namespace cvgen::io {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    if (this != &other) {
      reset();
      number_ = std::exchange(other.number_, -1);
    }
    return *this;
  }
  ~Descriptor() { reset(); }

  explicit operator bool() const { return number_ >= 0; }
  int get() const { return number_; }
  void reset() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }
  // As reset, but tells what close(2) says: some file systems report a full disk only here. 0 if all is well.
  int close_checked();

 private:
  int number_ = -1;
};

// open(2), again after a signal that isn't an interruption of cvgen. Always close-on-exec. On failure an empty
// Descriptor, and errno says why.
Descriptor open_file(const std::string& path, int flags, unsigned mode = 0);

// Everything up to the end. More than `limit` bytes is a Failure.
Result<std::string> read_all(int fd, std::size_t limit);

Result<Done> write_all(int fd, std::string_view bytes);

}  // namespace cvgen::io
