// Fonts of Type 1, as "Adobe Type 1 Font Format", version 1.1 (1990), has them.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace cvgen::typeset {

using GlyphNames = std::set<std::string, std::less<>>;

// The names in an encoding of PostScript: of its vector and of its glyphs.
GlyphNames names_in_encoding(std::string_view enc);

// The names in the encoding that a font has of its own; none if that is the standard one.
GlyphNames names_in_font(std::string_view pfb);

// A font in the segments of Adobe Technical Note 5040, without other glyphs than these and `.notdef`, and without subroutines that
// they don't call, so that less of it has to be read to take some out. Nothing if the bytes are not laid out as is usual, or if a
// glyph is made of others.
std::optional<std::string> with_glyphs(std::string_view pfb, const GlyphNames& names);

// The encrypted part of a font without subroutines that no glyph calls; those that stay keep their order. The same bytes come of
// what had been left out of before. Nothing if it can't be told which are called.
std::optional<std::string> with_called(std::string_view cipher);

}  // namespace cvgen::typeset
