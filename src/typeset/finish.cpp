#include "typeset/finish.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>

#include "text/cut.hpp"
#include "text/number.hpp"
#include "typeset/flate.hpp"
#include "typeset/objects.hpp"
#include "typeset/stream_object.hpp"
#include "typeset/type1.hpp"

namespace cvgen::typeset {
namespace {

constexpr std::size_t largest_font = 16U << 20U;  // bytes

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
    const auto length = text::number<std::size_t>(text::cut(rest, '\n'));
    if (!length) return std::nullopt;
    *number = *length;
  }
  return rest.empty() ? std::optional(lengths) : std::nullopt;
}

std::optional<std::string> with_smaller_font(const StreamObject& stream, const Lengths& lengths, Deflater& deflater) {
  const auto unpacked = stream.packed ? inflated(stream.bytes, largest_font) : std::optional<std::string>();
  if (stream.packed && !unpacked) return std::nullopt;
  const auto font = unpacked ? std::string_view(*unpacked) : stream.bytes;
  if (lengths.zeros != 0 || lengths.clear > font.size() || lengths.cipher != font.size() - lengths.clear) return std::nullopt;
  const auto smaller = with_called(font.substr(lengths.clear));
  if (!smaller) return std::nullopt;
  const auto head = fmt::format("{}/Length1 {}\n/Length2 {}\n/Length3 0\n", lengths.object, lengths.clear, smaller->size());
  return packed_stream_object(head, deflater.deflated(font.substr(0, lengths.clear), *smaller));
}

}  // namespace

std::string finished(std::string pdf) {
  Deflater deflater;
  auto smaller = with_objects(pdf, [&](std::string_view object) -> std::optional<std::string> {
    const auto stream = read_stream_object(object);
    if (!stream) return std::nullopt;
    if (const auto lengths = lengths_of_font(stream->head)) {
      if (auto font = with_smaller_font(*stream, *lengths, deflater)) return font;
    }
    // Programs that know nothing of PDFs look for metadata as they are.
    if (stream->packed || stream->head.find("/Type/Metadata") != std::string_view::npos) return std::nullopt;
    return packed_stream_object(stream->head, deflater.deflated(stream->bytes));
  });
  return smaller ? *std::move(smaller) : std::move(pdf);
}

}  // namespace cvgen::typeset
