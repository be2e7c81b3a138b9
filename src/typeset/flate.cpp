#include "typeset/flate.hpp"

#include <zlib.h>

#include <new>

namespace cvgen::typeset {
namespace {

// What is compressed here are some kilobytes each, for which zlib's usual tables are so large that emptying them takes longer than
// using them.
constexpr int level = 3, window_bits = 13, memory_level = 6;

// zlib's signature is an old one; it only reads.
void give(z_stream& stream, std::string_view bytes) {
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
}

// Calls `step` until it has no more to say. -> its last answer.
template <class Step>
int append(z_stream& stream, std::string& result, Step step) {
  int status = Z_OK;
  do {
    char part[1 << 14];
    stream.next_out = reinterpret_cast<Bytef*>(part);
    stream.avail_out = sizeof part;
    status = step();
    result.append(part, sizeof part - stream.avail_out);
  } while (status == Z_OK && stream.avail_out == 0);
  return status;
}

}  // namespace

std::optional<std::string> inflated(std::string_view bytes, std::size_t largest) {
  std::string result;
  z_stream stream{};
  if (::inflateInit(&stream) != Z_OK) throw std::bad_alloc();
  give(stream, bytes);
  const auto status = append(stream, result, [&] { return result.size() > largest ? Z_MEM_ERROR : ::inflate(&stream, Z_NO_FLUSH); });
  ::inflateEnd(&stream);
  return status == Z_STREAM_END && result.size() <= largest ? std::optional(std::move(result)) : std::nullopt;
}

void Deflater::End::operator()(z_stream_s* stream) const {
  ::deflateEnd(stream);
  delete stream;
}

Deflater::Deflater() : stream_(new z_stream{}) {
  if (::deflateInit2(stream_.get(), level, Z_DEFLATED, window_bits, memory_level, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
}

std::string Deflater::deflated(std::string_view text, std::string_view noise) {
  auto& stream = *stream_;
  std::string result;
  give(stream, text);
  if (!noise.empty()) {
    append(stream, result, [&] { return ::deflate(&stream, Z_BLOCK); });
    append(stream, result, [&] { return ::deflateParams(&stream, Z_NO_COMPRESSION, Z_DEFAULT_STRATEGY); });
    give(stream, noise);
  }
  append(stream, result, [&] { return ::deflate(&stream, Z_FINISH); });
  ::deflateReset(&stream);
  ::deflateParams(&stream, level, Z_DEFAULT_STRATEGY);
  return result;
}

}  // namespace cvgen::typeset
