// Plain text -> LaTeX source. Every character comes out on the page as typed.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "model/text.hpp"
#include "write/latex/tex.hpp"

namespace cvgen::latex {

// Escapes, and remembers what the preamble must define for the characters it met.
class Escaper {
 public:
  // Text must be printable (see find_unprintable).
  Tex text(std::string_view plain);
  // Marks and links included.
  Tex text(const model::Text& marked);
  // For the first argument of \href: percent-encodes what TeX or a PDF reader would trip over.
  static Tex url(std::string_view address);
  // For \cvxmp: XML as TeX passes it on, in ASCII.
  static Tex xmp(std::string_view plain);
  // The name of a place to link to: letters, digits, `_`, `-` and `.`; anything else is left out.
  static Tex anchor(std::string_view id);
  // A link around something; "#id" leads to the \cvanchor of that id.
  Tex link(std::string_view address, const Tex& what);

  // The preamble lines for the characters met so far: requirements, then definitions; each ends with a line break.
  Tex requirements() const;
  Tex definitions() const;

 private:
  Tex run(const model::Run& run);
  // One character, with its bytes; and a letter with combining marks (not empty).
  std::string single(char32_t c, std::string_view bytes);
  std::string cluster(char32_t base, std::u32string marks);
  void remember(std::string_view needs);

  std::set<std::string, std::less<>> needs_;
  std::map<char32_t, std::string_view> defined_;
};

}  // namespace cvgen::latex
