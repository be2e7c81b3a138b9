// Memory for the parts of a tree: handed out piece by piece, freed all at once.
#pragma once

#include <cstring>
#include <memory>
#include <memory_resource>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace cvgen::xml {

class Arena {
 public:
  template <class T>
  std::span<const T> keep(std::span<const T> values) {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);
    if (values.empty()) return {};
    auto* copy = static_cast<T*>(memory_.allocate(values.size_bytes(), alignof(T)));
    std::memcpy(static_cast<void*>(copy), values.data(), values.size_bytes());
    return {copy, values.size()};
  }
  std::string_view keep(std::string_view text) {
    const auto copy = keep(std::span<const char>(text));
    return {copy.data(), copy.size()};
  }
  // What another one keeps lives as long as this one.
  void adopt(std::unique_ptr<Arena> other) { adopted_.push_back(std::move(other)); }

 private:
  std::vector<std::unique_ptr<Arena>> adopted_;
  std::pmr::monotonic_buffer_resource memory_;
};

}  // namespace cvgen::xml
