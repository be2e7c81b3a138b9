// A TeX log in the words of cvgen, at the places of the user's file.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "typeset/log.hpp"

namespace cvgen::typeset {

// The document that TeX was given, line by line, with the place in the user's file that each line came from.
class Document {
 public:
  static constexpr std::string_view file = "cv.tex";  // its name in the run folder

  // Both must outlive this; `spans` may be null.
  Document(std::string_view tex, const std::vector<diag::Span>* spans);

  // Lines from 1; what isn't there is empty.
  std::string_view line(int number) const;
  std::optional<diag::Span> span(int number) const;
  // The number of a line with a command: `number` if that has it or none does, else the first.
  int line_with(std::string_view command, int number) const;
  // Of the line, from first to last, that a piece of text in TeX's log most likely came from.
  std::optional<diag::Span> span_of_text(int first, int last, std::string_view text) const;

 private:
  std::vector<std::string_view> lines_;
  const std::vector<diag::Span>* spans_;
};

// The error that stopped TeX: E0702, E0703 or E0706.
diag::Diagnostic report_error(const TexError& error, const Document& document);

// W0701, one for each place, at its worst.
void report_overfull(const Log& log, const Document& document, diag::Sink& sink);

// W0702. `located`: errors of kind missing_character, from a pass with \tracinglostchars=3; without them the warnings
// have no place.
void report_missing_characters(const Log& log, const std::vector<TexError>& located, const Document& document,
                               diag::Sink& sink);

// Bytes of a log made fit for a message: UTF-8, without controls, of bounded length.
std::string printable(std::string_view bytes, std::size_t limit = 300);

}  // namespace cvgen::typeset
