// How each character gets into a pdflatex document: latex-templates/characters.tsv, embedded.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace cvgen::latex {

enum class How {
  direct,   // as it is
  escape,   // as the TeX in its place
  define,   // as it is, with a \DeclareUnicodeCharacter in the preamble
  combine,  // a combining mark: TeX around the base, #1
};

struct Character {
  How how;
  std::string_view needs;  // keys of requirements.tsv, separated by blanks
  std::string_view tex;
};

// Nothing for a character that can't be printed.
std::optional<Character> find_character(char32_t code_point);

// Lines "key<TAB>preamble line", in the order in which they must stand; `#` begins a comment.
std::string_view requirements_table();

// The offsets of the characters that can't be printed.
std::vector<std::size_t> unprintable(std::string_view text);

}  // namespace cvgen::latex
