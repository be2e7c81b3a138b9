#include "typeset/type1.hpp"

#include <charconv>
#include <cstdint>
#include <map>
#include <vector>

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

using Numbers = std::set<std::int64_t>;

// Of a charstring, chapter 6 of the book.
struct Code {
  Numbers called;          // every number that one of its calls of a subroutine, or one within that, may mean
  bool composite = false;  // "seac", which names two other glyphs, ends it
};

Code read_code(std::string_view charstring) {
  constexpr std::size_t lead = 4;  // bytes without meaning, see /lenIV
  const auto bytes = crypt<true>(charstring, charstring_key);
  Code code;
  std::vector<std::int64_t> stack;
  for (std::size_t at = lead; at < bytes.size(); ++at) {
    const auto next = [&]() -> std::int32_t { return ++at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0; };
    const std::int32_t byte = static_cast<unsigned char>(bytes[at]);
    if (byte == 255) {
      std::uint32_t number = 0;
      for (int i = 0; i < 4; ++i) number = number << 8U | static_cast<std::uint32_t>(next());
      stack.push_back(static_cast<std::int32_t>(number));
    } else if (byte > 250) {
      stack.push_back(-(byte - 251) * 256 - 108 - next());
    } else if (byte > 246) {
      stack.push_back((byte - 247) * 256 + 108 + next());
    } else if (byte >= 32) {
      stack.push_back(byte - 139);
    } else if (byte == 10) {  // callsubr
      code.called.insert(stack.begin(), stack.end());
    } else if (byte == 12) {
      const auto escaped = next();
      if (escaped == 6) code.composite = true;
      if (escaped == 12 && stack.size() > 1) {  // div
        const auto divisor = stack.back();
        stack.pop_back();
        stack.back() = divisor == 0 ? 0 : stack.back() / divisor;
      } else if (escaped == 16) {  // callothersubr, which pop brings back some of, as for hints
        code.called.insert(stack.begin(), stack.end());
      } else if (escaped != 17) {  // pop
        stack.clear();
      }
    } else {
      stack.clear();
    }
  }
  return code;
}

// "/name 42 RD <42 bytes> ND\n" and "dup 5 42 RD <42 bytes> NP\n".
struct Entry {
  std::string_view text, name, charstring;
};

std::optional<Entry> take_entry(std::string_view& rest) {
  Entry entry{rest, {}, {}};
  entry.name = text::cut(rest, ' ');
  if (entry.name == "dup") entry.name = text::cut(rest, ' ');
  const auto number = text::cut(rest, ' ');
  std::size_t length = 0;
  if (std::from_chars(number.data(), number.data() + number.size(), length).ec != std::errc()) return std::nullopt;
  text::cut(rest, ' ');  // RD
  if (length >= rest.size()) return std::nullopt;
  entry.charstring = rest.substr(0, length);
  rest.remove_prefix(length);
  text::cut(rest, '\n');  // ND
  entry.text.remove_suffix(rest.size());
  return entry;
}

// Those of these names. Nothing if there is anything else before "end".
struct Glyphs {
  std::string text;
  std::size_t count = 0;
  std::size_t length = 0;  // of all, those left out included
  Numbers called;
};

std::optional<Glyphs> chosen(std::string_view text, const GlyphNames& names) {
  Glyphs glyphs;
  auto rest = text;
  while (rest.starts_with('/')) {
    const auto entry = take_entry(rest);
    if (!entry) return std::nullopt;
    if (entry->name != "/.notdef" && !names.contains(entry->name.substr(1))) continue;
    auto code = read_code(entry->charstring);
    if (code.composite) return std::nullopt;
    glyphs.called.merge(code.called);
    glyphs.text += entry->text;
    ++glyphs.count;
  }
  if (!rest.starts_with("end")) return std::nullopt;
  glyphs.length = text.size() - rest.size();
  return glyphs;
}

// The part before the glyphs without the subroutines that none of them needs. They keep their numbers. All of it, if that can't be told.
std::string with_called(std::string_view text, const Glyphs& glyphs) {
  constexpr std::string_view heading = "/Subrs ";
  const auto at = text.find(heading), begin = text.find('\n', at) + 1;
  if (at == std::string_view::npos || begin == 0 || text.find(heading, at + 1) != std::string_view::npos) return std::string(text);
  std::map<std::int64_t, Entry> all;
  auto rest = text.substr(begin);
  while (rest.starts_with("dup ")) {
    const auto entry = take_entry(rest);
    std::int64_t number = 0;
    if (!entry || std::from_chars(entry->name.data(), entry->name.data() + entry->name.size(), number).ec != std::errc()) return std::string(text);
    all.emplace(number, *entry);
  }
  constexpr std::int64_t fixed = 4;  // of flex and hint replacement, chapter 8
  Numbers needed;
  std::vector<std::int64_t> open(glyphs.called.begin(), glyphs.called.end());
  for (std::int64_t i = 0; i < fixed; ++i) open.push_back(i);
  while (!open.empty()) {
    const auto found = all.find(open.back());
    open.pop_back();
    if (found == all.end() || !needed.insert(found->first).second) continue;
    const auto code = read_code(found->second.charstring);
    open.insert(open.end(), code.called.begin(), code.called.end());
  }
  std::string result(text.substr(0, begin));
  for (const auto& [number, entry] : all) {
    if (needed.contains(number)) result += entry.text;
  }
  return result.append(rest);
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
  const auto before = with_called(std::string_view(text).substr(0, number), *glyphs);
  const auto shorter = before + std::to_string(glyphs->count) + text.substr(behind, first - behind) + glyphs->text + text.substr(first + glyphs->length);
  return std::string(clear) + head_of_binary(shorter.size()) + crypt<false>(shorter, eexec_key) + std::string(pfb.substr(begin + segment_head + length));
}

}  // namespace cvgen::typeset
