#include "typeset/type1.hpp"

#include <charconv>
#include <cstdint>

#include "text/cut.hpp"

namespace cvgen::typeset {
namespace {

// Chapter 7 of the book: both layers of encryption, and what tells them apart.
constexpr std::uint16_t eexec_key = 55665, charstring_key = 4330;

template <bool decrypts>
std::string crypt(std::string_view bytes, std::uint16_t key) {
  constexpr unsigned c1 = 52845, c2 = 22719;
  std::string result;
  result.reserve(bytes.size());
  for (const char byte : bytes) {
    const auto in = static_cast<unsigned char>(byte);
    const auto out = static_cast<unsigned char>(in ^ (key >> 8U));
    key = static_cast<std::uint16_t>(((decrypts ? in : out) + key) * c1 + c2);
    result.push_back(static_cast<char>(out));
  }
  return result;
}

// Note 5040: a mark, the kind, the length with its least byte first.
constexpr std::size_t segment_head = 6;
constexpr char mark = '\x80', binary = 2;

std::size_t length_of(std::string_view segment) {
  std::size_t length = 0;
  for (std::size_t i = segment_head; i-- > 2;) length = length << 8U | static_cast<unsigned char>(segment[i]);
  return length;
}

std::string head_of_binary(std::size_t length) {
  std::string head{mark, binary};
  for (unsigned shift = 0; shift < 32; shift += 8) head.push_back(static_cast<char>(length >> shift & 0xFFU));
  return head;
}

// "seac", which names two others, ends the charstring that has it.
bool is_composite(std::string_view charstring) { return crypt<true>(charstring, charstring_key).ends_with("\x0C\x06"); }

// "/name 42 RD <42 bytes> ND\n" again and again: those of these names. Nothing if there is anything else before "end".
struct Glyphs {
  std::string text;
  std::size_t count = 0;
  std::size_t length = 0;  // of all, those left out included
};

std::optional<Glyphs> chosen(std::string_view text, const GlyphNames& names) {
  Glyphs glyphs;
  auto rest = text;
  while (rest.starts_with('/')) {
    const auto entry = rest;
    const auto name = text::cut(rest, ' ').substr(1);
    const auto number = text::cut(rest, ' ');
    std::size_t length = 0;
    if (std::from_chars(number.data(), number.data() + number.size(), length).ec != std::errc()) return std::nullopt;
    text::cut(rest, ' ');  // RD
    if (length >= rest.size()) return std::nullopt;
    const auto charstring = rest.substr(0, length);
    rest.remove_prefix(length);
    text::cut(rest, '\n');  // ND
    if (name != ".notdef" && !names.contains(name)) continue;
    if (is_composite(charstring)) return std::nullopt;
    glyphs.text += entry.substr(0, entry.size() - rest.size());
    ++glyphs.count;
  }
  if (!rest.starts_with("end")) return std::nullopt;
  glyphs.length = text.size() - rest.size();
  return glyphs;
}

}  // namespace

GlyphNames names_in_encoding(std::string_view enc) {
  GlyphNames names;
  while (!enc.empty()) {
    auto line = text::cut(enc, '\n');
    line = line.substr(0, line.find('%'));
    for (auto at = line.find('/'); at != std::string_view::npos; at = line.find('/', at + 1)) {
      names.emplace(line.substr(at + 1, line.find_first_of(" \t\r/[]", at + 1) - at - 1));
    }
  }
  return names;
}

std::optional<std::string> with_glyphs(std::string_view pfb, const GlyphNames& names) {
  constexpr std::string_view heading = "/CharStrings ";
  if (pfb.size() < segment_head || pfb[0] != mark) return std::nullopt;
  const auto begin = segment_head + length_of(pfb);  // of the second segment
  if (begin + segment_head > pfb.size() || pfb[begin] != mark || pfb[begin + 1] != binary) return std::nullopt;
  const auto clear = pfb.substr(0, begin);
  const auto length = length_of(pfb.substr(begin));
  if (length > pfb.size() - begin - segment_head) return std::nullopt;
  const auto text = crypt<true>(pfb.substr(begin + segment_head, length), eexec_key);

  const auto number = text.find(heading) + heading.size();
  const auto behind = text.find(' ', number);
  const auto first = text.find("\n/", number) + 1;
  if (number < heading.size() || behind == std::string::npos || first == 0 || text.find(heading, number) != std::string::npos) return std::nullopt;
  const auto glyphs = chosen(std::string_view(text).substr(first), names);
  if (!glyphs || text.find("/lenIV") < number) return std::nullopt;
  const auto shorter = text.substr(0, number) + std::to_string(glyphs->count) + text.substr(behind, first - behind) + glyphs->text + text.substr(first + glyphs->length);
  return std::string(clear) + head_of_binary(shorter.size()) + crypt<false>(shorter, eexec_key) + std::string(pfb.substr(begin + segment_head + length));
}

}  // namespace cvgen::typeset
