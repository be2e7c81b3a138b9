#include "check/picture.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>

namespace cvgen::check {
namespace {

constexpr std::string_view cut_short = "is damaged: it ends too early";

// Numbers from bytes, within bounds.
class Reader {
 public:
  explicit Reader(std::string_view bytes, bool big = true) : bytes_(bytes), big_(big) {}

  std::uint32_t number(std::size_t at, std::size_t size) const {
    std::uint32_t result = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const auto place = at + (big_ ? i : size - 1 - i);
      result = result << 8U | (place < bytes_.size() ? static_cast<unsigned char>(bytes_[place]) : 0U);
    }
    return result;
  }

 private:
  std::string_view bytes_;
  bool big_;
};

bool has_room(const Picture& picture, std::string& reason) {
  if (picture.width == 0 || picture.height == 0) reason = "is damaged: it has no pixels";
  else if (std::uint64_t{picture.width} * picture.height > most_pixels) reason = fmt::format("has {} x {} pixels, more than a page can use", picture.width, picture.height);
  return reason.empty();
}

// --- PNG

struct Header {
  std::uint32_t width, height, depth, color, interlaced;
};

bool is_known(const Header& h) {
  const auto one_of = [&](std::initializer_list<std::uint32_t> depths) { return std::find(depths.begin(), depths.end(), h.depth) != depths.end(); };
  switch (h.color) {
    case 0: return one_of({1, 2, 4, 8, 16});
    case 3: return one_of({1, 2, 4, 8});
    case 2:
    case 4:
    case 6: return one_of({8, 16});
    default: return false;
  }
}

std::uint64_t size_of_pass(const Header& h, std::uint64_t width, std::uint64_t height) {
  constexpr std::array<std::uint64_t, 7> channels = {1, 0, 3, 1, 2, 0, 4};
  return width == 0 || height == 0 ? 0 : height * (1 + (width * channels[h.color] * h.depth + 7) / 8);
}

// Bytes of the pixels before compression.
std::uint64_t size_of_pixels(const Header& h) {
  if (h.interlaced == 0) return size_of_pass(h, h.width, h.height);
  constexpr std::uint32_t passes[7][4] = {{0, 8, 0, 8}, {4, 8, 0, 8}, {0, 4, 4, 8}, {2, 4, 0, 4}, {0, 2, 2, 4}, {1, 2, 0, 2}, {0, 1, 1, 2}};
  std::uint64_t size = 0;
  for (const auto& [x, dx, y, dy] : passes) size += size_of_pass(h, (h.width + dx - 1 - x) / dx, (h.height + dy - 1 - y) / dy);
  return size;
}

// Takes the compressed pixels piece by piece, and counts what is in them.
class Pixels {
 public:
  Pixels() { ready_ = ::inflateInit(&stream_) == Z_OK; }
  Pixels(const Pixels&) = delete;
  Pixels& operator=(const Pixels&) = delete;
  ~Pixels() { ::inflateEnd(&stream_); }

  bool take(std::string_view piece, std::uint64_t wanted) {
    std::array<unsigned char, 1U << 16U> out;
    std::string copy(piece);  // zlib's input isn't const
    stream_.next_in = reinterpret_cast<unsigned char*>(copy.data());
    stream_.avail_in = static_cast<unsigned>(copy.size());
    while (ready_ && !ended_ && size_ <= wanted) {
      stream_.next_out = out.data();
      stream_.avail_out = static_cast<unsigned>(out.size());
      const int verdict = ::inflate(&stream_, Z_NO_FLUSH);
      size_ += out.size() - stream_.avail_out;
      if (verdict == Z_BUF_ERROR) break;  // wants more
      if (verdict != Z_OK && verdict != Z_STREAM_END) return false;
      ended_ = verdict == Z_STREAM_END;
    }
    return ready_;
  }
  std::uint64_t size() const { return size_; }

 private:
  z_stream stream_{};
  bool ready_ = false;
  bool ended_ = false;
  std::uint64_t size_ = 0;
};

std::optional<Picture> examine_png(std::string_view bytes, std::string& reason) {
  const Reader read(bytes);
  Picture picture;
  picture.kind = Picture::Kind::png;
  std::optional<Header> header;
  bool palette = false, ended = false;
  Pixels pixels;
  for (std::size_t at = 8; !ended;) {
    const std::uint64_t length = read.number(at, 4);
    if (at + 12 > bytes.size() || length > bytes.size() - at - 12) return reason = cut_short, std::nullopt;
    const auto name = bytes.substr(at + 4, 4);
    const auto data = bytes.substr(at + 8, length);
    const auto checked = bytes.substr(at + 4, length + 4);
    if (::crc32(0, reinterpret_cast<const unsigned char*>(checked.data()), static_cast<unsigned>(checked.size())) != read.number(at + 8 + length, 4)) {
      return reason = "is damaged: a checksum in it is wrong", std::nullopt;
    }
    if (!header) {
      const auto number = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(data[i])); };
      if (name != "IHDR" || length != 13) return reason = "is damaged: it does not begin as a PNG does", std::nullopt;
      header = Header{read.number(at + 8, 4), read.number(at + 12, 4), number(8), number(9), number(12)};
      if (!is_known(*header) || number(10) != 0 || number(11) != 0 || header->interlaced > 1) return reason = "is a PNG of an unknown kind", std::nullopt;
      picture.width = header->width;
      picture.height = header->height;
      picture.transparent = header->color >= 4;
      if (!has_room(picture, reason)) return std::nullopt;
    }
    if (name == "tRNS") picture.transparent = true;
    if (name == "PLTE") palette = true;
    if (name == "IDAT" && !pixels.take(data, size_of_pixels(*header))) return reason = "is damaged: its pixels can't be unpacked", std::nullopt;
    ended = name == "IEND";
    at += 12 + length;
  }
  if (pixels.size() < size_of_pixels(*header)) return reason = "is damaged: pixels are missing", std::nullopt;
  if (header->color == 3 && !palette) return reason = "is damaged: its palette is missing", std::nullopt;
  return picture;
}

// --- JPEG

// TIFF's tag 274 in the Exif segment; 1 if there is none.
int orientation_of(std::string_view tiff) {
  const Reader read(tiff, tiff.starts_with("MM"));
  const std::size_t directory = read.number(4, 4);
  const auto entries = read.number(directory, 2);
  for (std::size_t i = 0, at = directory + 2; i < entries && at + 12 <= tiff.size(); ++i, at += 12) {
    if (read.number(at, 2) != 274) continue;
    const auto value = read.number(at + 8, 2);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

std::optional<Picture> examine_jpeg(std::string_view bytes, std::string& reason) {
  constexpr std::string_view exif("Exif\0\0", 6);
  const Reader read(bytes);
  Picture picture;
  for (std::size_t at = 2; at + 4 <= bytes.size();) {
    if (bytes[at] != '\xFF') return reason = "is damaged: a segment of it is not where it should be", std::nullopt;
    const auto marker = read.number(at + 1, 1);
    if (marker == 0xFF) {  // padding
      ++at;
      continue;
    }
    const std::size_t length = read.number(at + 2, 2);
    if (length < 2 || length > bytes.size() - at - 2) return reason = cut_short, std::nullopt;
    const auto data = bytes.substr(at + 4, length - 2);
    if (marker == 0xE1 && data.starts_with(exif)) picture.orientation = orientation_of(data.substr(exif.size()));
    const bool frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (frame && (marker > 0xC2 || read.number(at + 4, 1) != 8)) return reason = "is a JPEG of a kind that PDF does not have", std::nullopt;
    if (frame) {
      picture.height = read.number(at + 5, 2);
      picture.width = read.number(at + 7, 2);
      picture.cmyk = read.number(at + 9, 1) == 4;
      if (!has_room(picture, reason)) return std::nullopt;
    }
    if (marker == 0xDA) {  // what follows is compressed, up to the end marker
      if (picture.width == 0) return reason = "is damaged: it has no pixels", std::nullopt;
      if (bytes.find("\xFF\xD9", at) == std::string_view::npos) return reason = cut_short, std::nullopt;
      return picture;
    }
    at += 2 + length;
  }
  return reason = cut_short, std::nullopt;
}

}  // namespace

std::optional<Picture> examine(std::string_view bytes, std::string& reason) {
  if (bytes.starts_with("\xFF\xD8\xFF")) return examine_jpeg(bytes, reason);
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return examine_png(bytes, reason);
  reason = "is neither JPEG nor PNG";
  return std::nullopt;
}

}  // namespace cvgen::check
