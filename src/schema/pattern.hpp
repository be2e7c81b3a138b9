// Patterns of XSD (Part 2, appendix F), as far as cv.xsd uses them.
#pragma once

#include <mutex>
#include <string_view>

namespace re2 {
class RE2;
}

namespace cvgen::schema {

// Compiled at its first use, as most CVs have values of few types. Threads may share it.
class Pattern {
 public:
  // The source outlives the pattern.
  constexpr explicit Pattern(std::string_view source) : source_(source) {}
  // Compiled anew.
  constexpr Pattern(const Pattern& other) : source_(other.source_) {}
  ~Pattern();

  std::string_view source() const { return source_; }
  // Of the whole value; an empty pattern matches everything.
  bool matches(std::string_view value) const;
  // What XSD and RE2 read differently, or RE2 not at all, is not.
  bool is_supported() const;

 private:
  std::string_view source_;
  mutable std::once_flag once_;
  mutable const re2::RE2* compiled_ = nullptr;
};

}  // namespace cvgen::schema
