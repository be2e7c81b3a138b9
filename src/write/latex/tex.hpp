// LaTeX source as a type of its own: plain text does not turn into it except by escaping, so nobody can forget to.
#pragma once

#include <string>
#include <string_view>

namespace cvgen::latex {

class Tex {
 public:
  Tex() = default;
  // Source written in this program. A std::string does not compile here.
  template <std::size_t N>
  explicit Tex(const char (&literal)[N]) : source_(literal, N - 1) {}

  const std::string& source() const { return source_; }
  bool empty() const { return source_.empty(); }

  Tex& operator+=(const Tex& other) {
    source_ += other.source_;
    return *this;
  }
  friend Tex operator+(Tex a, const Tex& b) {
    a += b;
    return a;
  }

 private:
  friend class Escaper;
  friend Tex trusted(std::string source);
  std::string source_;
};

// For source that was checked elsewhere: resolved settings, the template's frame, numbers.
inline Tex trusted(std::string source) {
  Tex result;
  result.source_ = std::move(source);
  return result;
}

// \name{a}{b}...
template <std::size_t N, class... Arguments>
Tex command(const char (&name)[N], const Arguments&... arguments) {
  Tex result(name);
  ((result += Tex("{"), result += arguments, result += Tex("}")), ...);
  return result;
}

}  // namespace cvgen::latex
