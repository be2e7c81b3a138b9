#include "typeset/stream_object.hpp"

#include <fmt/format.h>

#include "text/cut.hpp"
#include "text/number.hpp"

namespace cvgen::typeset {
namespace {

constexpr std::string_view length_name = "\n/Length ", filter = "/Filter /FlateDecode\n", start = ">>\nstream\n", end = "\nendstream\nendobj\n";

}  // namespace

std::optional<StreamObject> read_stream_object(std::string_view object) {
  const auto dictionary = object.substr(0, object.find(start));
  const auto at = dictionary.rfind(length_name);
  if (at == std::string_view::npos || dictionary.size() == object.size()) return std::nullopt;
  StreamObject stream;
  stream.head = object.substr(0, at + 1);
  auto rest = object.substr(at + length_name.size());
  auto line = text::cut(rest, '\n');
  const auto length = text::take_number<std::size_t>(line);
  stream.packed = rest.starts_with(filter);
  if (stream.packed) rest.remove_prefix(filter.size());
  if (!length || line.find_first_not_of(' ') != std::string_view::npos || stream.head.find("/Filter") != std::string_view::npos) return std::nullopt;
  if (!rest.starts_with(start) || !rest.ends_with(end) || rest.size() != start.size() + *length + end.size()) return std::nullopt;
  stream.bytes = rest.substr(start.size(), *length);
  return stream;
}

std::string packed_stream_object(std::string_view head, std::string_view bytes) {
  return fmt::format("{}/Length {}\n{}{}{}{}", head, bytes.size(), filter, start, bytes, end);
}

}  // namespace cvgen::typeset
