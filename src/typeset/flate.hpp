// Streams of a PDF as FlateDecode has them (ISO 32000-1, 7.4.4): RFC 1950, by zlib.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct z_stream_s;

namespace cvgen::typeset {

// Nothing if the bytes aren't such a stream, or hold more than `largest`.
std::optional<std::string> inflated(std::string_view bytes, std::size_t largest);

// Makes one stream after the other.
class Deflater {
 public:
  Deflater();
  // Both parts as one stream, of which only the first gets smaller: the second is what compression can do nothing for.
  std::string deflated(std::string_view text, std::string_view noise = {});

 private:
  struct End {
    void operator()(z_stream_s* stream) const;
  };
  std::unique_ptr<z_stream_s, End> stream_;
};

}  // namespace cvgen::typeset
