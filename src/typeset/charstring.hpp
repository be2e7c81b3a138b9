// What draws a glyph in a font of Type 1, or a part of one ("Adobe Type 1 Font Format", version 1.1, 1990, chapters 6 to 8).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cvgen::typeset {

// Both layers of encryption, chapter 7. What is plain begins with `encryption_lead` bytes without meaning.
inline constexpr std::uint16_t eexec_key = 55665, charstring_key = 4330;
inline constexpr std::size_t encryption_lead = 4;
std::string encrypted(std::string_view plain, std::uint16_t key);
std::string decrypted(std::string_view cipher, std::uint16_t key);

// Of a subroutine, with the bytes that name it.
struct Call {
  std::size_t begin = 0, end = 0;
  int subroutine = 0;
};

struct Code {
  std::vector<Call> calls;  // in their order
  bool composite = false;   // "seac", which names two other glyphs, ends it
};

// Whether this decrypted charstring is the usual subroutine number 4, which calls the one whose number stands before its own.
bool replaces_hints(std::string_view plain);

// Of a decrypted charstring. Nothing if it's not told in so many words which subroutine is called. `fourth_replaces_hints`: see
// replaces_hints().
std::optional<Code> read_code(std::string_view plain, bool fourth_replaces_hints);

// Calls subroutine number `numbers[n]` in place of each n.
std::string with_calls(std::string_view plain, const Code& code, const std::vector<int>& numbers);

}  // namespace cvgen::typeset
