// What is inside a JPEG or PNG file, so far as a page depends on it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cvgen::check {

struct Picture {
  enum class Kind { jpeg, png };
  Kind kind = Kind::jpeg;
  std::uint32_t width = 0, height = 0;  // pixels
  bool transparent = false;
  bool cmyk = false;
  int orientation = 1;  // of Exif: 1 is upright, 2 to 8 want to be turned or mirrored by whoever shows it
};

inline constexpr std::uint64_t most_pixels = 50'000'000;

// Nothing if a page can't have it, with the reason in words that can follow "the photo ". Of a PNG (ISO 15948) everything
// is read but its pixels' meaning, of a JPEG (ITU T.81) the segments.
std::optional<Picture> examine(std::string_view bytes, std::string& reason);

}  // namespace cvgen::check
