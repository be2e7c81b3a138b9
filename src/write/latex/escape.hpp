// Plain text -> LaTeX source. Every character comes out on the page as typed.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "model/text.hpp"
#include "write/latex/fonts.hpp"
#include "write/latex/tex.hpp"

namespace cvgen::latex {

// Escapes, and remembers what the preamble must define for the characters it met.
class Escaper {
 public:
  // For pdflatex.
  Escaper() = default;
  // For lualatex, with these fonts for what the template's own does not have.
  Escaper(const Fonts& fonts, model::Language language) : fonts_(&fonts), language_(language) {}

  // Text must be printable (see unprintable; for lualatex unsettable).
  Tex text(std::string_view plain);
  // Marks and links included.
  Tex text(const model::Text& marked);
  // Between the lines of a text.
  Tex line_break();
  // For the first argument of \href: percent-encodes what TeX or a PDF reader would trip over.
  static Tex url(std::string_view address);
  // For \cvmetadata: in ASCII, with \cvu{hexadecimal number} for all that means something to TeX or XML.
  static Tex metadata(std::string_view plain);
  // The name of a place to link to: letters, digits, `_`, `-` and `.`; anything else is left out.
  static Tex anchor(std::string_view id);
  // A link around something; "#id" leads to the \cvanchor of that id.
  Tex link(std::string_view address, const Tex& what);

  // The preamble lines for the characters met so far: requirements, then definitions; each ends with a line break.
  Tex requirements() const;
  Tex definitions() const;
  // The characters met that the fonts must have.
  const Wanted& wanted() const { return wanted_; }

 private:
  std::string plain_text(std::string_view plain);
  // In the fonts of a script.
  std::string script_text(const Segment& segment);
  Tex run(const model::Run& run);
  // What a line of a text begins with, so that an address in Latin letters keeps its order on a page from right to left.
  Tex direction(std::span<const model::Run> rest);
  // One character, with its bytes; and a letter with combining marks (not empty).
  std::string single(char32_t c, std::string_view bytes);
  std::string cluster(char32_t base, std::u32string marks);
  void remember(std::string_view needs);

  std::set<std::string, std::less<>> needs_;
  std::map<char32_t, std::string_view> defined_;
  const Fonts* fonts_ = nullptr;
  model::Language language_ = model::Language::en;
  Wanted wanted_;
};

}  // namespace cvgen::latex
