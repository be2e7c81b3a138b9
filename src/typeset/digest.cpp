#include "typeset/digest.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <cstdint>
#include <new>

#include "io/file.hpp"

namespace cvgen::typeset {
namespace {

XXH3_state_t* state(void* pointer) { return static_cast<XXH3_state_t*>(pointer); }

std::string words(XXH128_hash_t hash) { return fmt::format("{:016x}{:016x}", hash.high64, hash.low64); }

}  // namespace

void Digest::Free::operator()(void* pointer) const { XXH3_freeState(state(pointer)); }

Digest::Digest() : state_(XXH3_createState()) {
  if (!state_) throw std::bad_alloc();
  XXH3_128bits_reset(state(state_.get()));
}

Digest& Digest::add(std::string_view part) {
  const std::uint64_t size = part.size();
  XXH3_128bits_update(state(state_.get()), &size, sizeof size);
  return feed(part);
}

Digest& Digest::feed(std::string_view piece) {
  XXH3_128bits_update(state(state_.get()), piece.data(), piece.size());
  return *this;
}

std::string Digest::hex() const { return words(XXH3_128bits_digest(state(state_.get()))); }

std::string digest(std::string_view bytes) { return Digest().feed(bytes).hex(); }

io::Result<std::string> digest_of_file(const std::string& path) {
  Digest whole;
  const auto read = io::read_pieces(path, [&](std::string_view piece) { whole.feed(piece); });
  if (!read) return read.failure();
  return whole.hex();
}

}  // namespace cvgen::typeset
