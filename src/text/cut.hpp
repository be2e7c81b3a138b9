// Text taken apart at a separator.
#pragma once

#include <algorithm>
#include <string_view>

namespace cvgen::text {

// What stands before the first separator, or all; it and the separator are taken off `rest`.
inline std::string_view cut(std::string_view& rest, char separator) {
  const auto end = std::min(rest.find(separator), rest.size());
  const auto part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

}  // namespace cvgen::text
