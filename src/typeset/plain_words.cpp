#include "typeset/plain_words.hpp"

#include <fmt/format.h>

#include "typeset/report.hpp"

namespace cvgen::typeset {
namespace {

struct Phrase {
  std::string_view tex;  // occurs in TeX's message
  std::string_view plain;
};

// The first that fits.
constexpr Phrase phrases[] = {
    {"Missing $ inserted", "a character that only formulas may hold stands in the text"},
    {"Extra }, or forgotten $", "the braces or dollar signs don't match"},
    {"Too many }'s", "a closing brace has no opening one"},
    {"Missing } inserted", "an opening brace has no closing one"},
    {"Missing { inserted", "an opening brace is missing"},
    {"Misplaced alignment tab character", "a bare `&` stands outside of a table"},
    {"Extra alignment tab", "a table row has too many cells"},
    {"macro parameter character", "a bare `#` stands in the text"},
    {"Illegal parameter number", "a bare `#` stands in a definition"},
    {"File ended while scanning", "a brace is opened and never closed"},
    {"Paragraph ended before", "a paragraph ends inside of a command that takes less than one"},
    {"Forbidden control sequence", "a brace is opened and never closed"},
    {"Dimension too large", "a length is larger than TeX can handle"},
    {"Arithmetic overflow", "a number is larger than TeX can handle"},
    {"Number too big", "a number is larger than TeX can handle"},
    {"Too deeply nested", "lists are nested too deeply"},
    {"perhaps a missing \\item", "a list holds something that is not an item, or nothing"},
    {"There's no line here to end", "a line break stands where there is no line"},
    {"Double superscript", "a formula has two superscripts in one place"},
    {"Double subscript", "a formula has two subscripts in one place"},
    {"Invalid UTF-8", "the text is not UTF-8"},
    {"no legal \\end found", "the document doesn't end"},
    {"fwrite", "TeX can't write its output"},
    {"I can't write on file", "TeX can't write its output"},
};

std::string_view after(std::string_view text, std::string_view words) {
  const auto at = text.find(words);
  return at == std::string_view::npos ? std::string_view{} : text.substr(at + words.size());
}

}  // namespace

std::string plain_words(const TexError& error) {
  const std::string_view message = error.message;
  if (error.kind == TexError::Kind::unknown_command) {
    if (error.subject.empty()) return "TeX does not know a command";
    return fmt::format("TeX does not know the command `{}`", printable(error.subject, 60));
  }
  if (auto rest = after(message, "Unicode character "); !rest.empty()) {
    const auto end = rest.find(" not set up");
    return fmt::format("LaTeX can't print the character {}", printable(rest.substr(0, end), 60));
  }
  if (auto rest = after(message, "Environment ");
      !rest.empty() && message.find(" undefined") != std::string_view::npos) {
    return fmt::format("LaTeX does not know the environment `{}`", printable(rest.substr(0, rest.find(' ')), 60));
  }
  // "pdfTeX error: pdflatex (file ./photo.png): libpng: internal error"
  if (auto rest = after(message, "(file ");
      message.starts_with("pdfTeX error") && rest.find("): ") != std::string_view::npos) {
    auto name = rest.substr(0, rest.find("): "));
    if (name.starts_with("./")) name.remove_prefix(2);
    return fmt::format("TeX can't use the file `{}`: {}", printable(name, 100),
                       printable(after(rest, "): "), 100));
  }
  for (const auto& phrase : phrases) {
    if (message.find(phrase.tex) != std::string_view::npos) return std::string(phrase.plain);
  }
  auto rest = message;
  for (const std::string_view prefix : {"LaTeX Error: ", "pdfTeX error: "}) {
    if (rest.starts_with(prefix)) rest.remove_prefix(prefix.size());
  }
  if (rest.ends_with('.')) rest.remove_suffix(1);
  return fmt::format("TeX stopped with an error: {}", printable(rest, 160));
}

}  // namespace cvgen::typeset
