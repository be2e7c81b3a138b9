// What stands for contents in the cache: 128 bits of XXH3. It finds damage and tells contents apart; it withstands nobody
// who looks for two contents of the same digest, which a cache of one's own has no need of.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "io/result.hpp"

namespace cvgen::typeset {

class Digest {
 public:
  Digest();
  // A part. Where one ends and the next begins counts.
  Digest& add(std::string_view part);
  // A piece of something that goes on with the next.
  Digest& feed(std::string_view piece);
  // 32 hexadecimal digits.
  std::string hex() const;

 private:
  struct Free {
    void operator()(void* state) const;
  };
  std::unique_ptr<void, Free> state_;
};

std::string digest(std::string_view bytes);
// The digest of its bytes, of which it never holds more than a piece.
io::Result<std::string> digest_of_file(const std::string& path);

}  // namespace cvgen::typeset
