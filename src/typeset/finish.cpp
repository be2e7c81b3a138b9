#include "typeset/finish.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <string_view>

#include "text/cut.hpp"
#include "typeset/flate.hpp"
#include "typeset/objects.hpp"
#include "typeset/type1.hpp"

namespace cvgen::typeset {
namespace {

constexpr std::size_t largest_font = 16U << 20U;  // bytes
constexpr std::string_view filter = "/Filter /FlateDecode\n";

// "5 0 obj\n<<\n/Name ...\n/Length 2582      \n>>\nstream\n...\nendstream\nendobj\n", with or without the filter behind the length.
struct Stream {
  std::string_view head;  // up to the length
  std::string_view bytes;
  bool packed = false;
};

// "2582      ", an end of line or the end behind it: the number, if there is no other thing in the line.
std::optional<std::size_t> take_number(std::string_view& rest) {
  const auto line = text::cut(rest, '\n');
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), number);
  const auto behind = line.substr(static_cast<std::size_t>(end - line.data()));
  return error == std::errc() && behind.find_first_not_of(' ') == std::string_view::npos ? std::optional(number) : std::nullopt;
}

std::optional<Stream> read_stream(std::string_view object) {
  constexpr std::string_view length_of = "\n/Length ", start = ">>\nstream\n", end = "\nendstream\nendobj\n";
  const auto dictionary = object.substr(0, object.find(start));
  const auto at = dictionary.rfind(length_of);
  if (at == std::string_view::npos || dictionary.size() == object.size()) return std::nullopt;
  Stream stream;
  stream.head = object.substr(0, at + 1);
  auto rest = object.substr(at + length_of.size());
  const auto length = take_number(rest);
  stream.packed = rest.starts_with(filter);
  if (stream.packed) rest.remove_prefix(filter.size());
  if (!length || stream.head.find("/Filter") != std::string_view::npos) return std::nullopt;
  if (!rest.starts_with(start) || !rest.ends_with(end) || rest.size() != start.size() + *length + end.size()) return std::nullopt;
  stream.bytes = rest.substr(start.size(), *length);
  return stream;
}

std::string written(std::string_view head, std::string_view packed) {
  return fmt::format("{}/Length {}\n{}>>\nstream\n{}\nendstream\nendobj\n", head, packed.size(), filter, packed);
}

// ISO 32000-1, 9.9: so many bytes of a font as they are, so many encrypted ones, so many zeros.
struct Lengths {
  std::string_view object;  // what is before them
  std::size_t clear = 0, cipher = 0, zeros = 0;
};

std::optional<Lengths> lengths_of_font(std::string_view head) {
  Lengths lengths;
  const auto at = head.find("/Length1 ");
  if (at == std::string_view::npos) return std::nullopt;
  lengths.object = head.substr(0, at);
  auto rest = head.substr(at);
  for (const auto& [name, number] : {std::pair("/Length1 ", &lengths.clear), std::pair("/Length2 ", &lengths.cipher), std::pair("/Length3 ", &lengths.zeros)}) {
    if (!rest.starts_with(name)) return std::nullopt;
    rest.remove_prefix(std::string_view(name).size());
    const auto length = take_number(rest);
    if (!length) return std::nullopt;
    *number = *length;
  }
  return rest.empty() ? std::optional(lengths) : std::nullopt;
}

std::optional<std::string> with_smaller_font(const Stream& stream, const Lengths& lengths, Deflater& deflater) {
  const auto unpacked = stream.packed ? inflated(stream.bytes, largest_font) : std::optional<std::string>();
  if (stream.packed && !unpacked) return std::nullopt;
  const auto font = unpacked ? std::string_view(*unpacked) : stream.bytes;
  if (lengths.zeros != 0 || lengths.clear > font.size() || lengths.cipher != font.size() - lengths.clear) return std::nullopt;
  const auto smaller = with_called(font.substr(lengths.clear));
  if (!smaller) return std::nullopt;
  const auto head = fmt::format("{}/Length1 {}\n/Length2 {}\n/Length3 0\n", lengths.object, lengths.clear, smaller->size());
  return written(head, deflater.deflated(font.substr(0, lengths.clear), *smaller));
}

}  // namespace

std::string finished(std::string pdf) {
  Deflater deflater;
  auto smaller = with_objects(pdf, [&](std::string_view object) -> std::optional<std::string> {
    const auto stream = read_stream(object);
    if (!stream) return std::nullopt;
    if (const auto lengths = lengths_of_font(stream->head)) {
      if (auto font = with_smaller_font(*stream, *lengths, deflater)) return font;
    }
    // Programs that know nothing of PDFs look for metadata as they are.
    if (stream->packed || stream->head.find("/Type/Metadata") != std::string_view::npos) return std::nullopt;
    return written(stream->head, deflater.deflated(stream->bytes));
  });
  return smaller ? *std::move(smaller) : std::move(pdf);
}

}  // namespace cvgen::typeset
