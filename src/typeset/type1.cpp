#include "typeset/type1.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "text/cut.hpp"
#include "text/number.hpp"
#include "typeset/charstring.hpp"

namespace cvgen::typeset {
namespace {

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

std::optional<int> number_in(std::string_view text) {
  const auto number = text::number<int>(text);
  return number && *number >= 0 ? number : std::nullopt;
}

// What is left of the line, with its end.
std::string_view cut_line(std::string_view& rest) {
  auto line = rest;
  text::cut(rest, '\n');
  line.remove_suffix(rest.size());
  return line;
}

// "/name 42 RD <42 bytes> ND\n" and "dup 5 42 RD <42 bytes> NP\n".
struct Entry {
  std::string_view name, command, charstring, end;
};

std::optional<Entry> take_entry(std::string_view& rest) {
  Entry entry;
  entry.name = text::cut(rest, ' ');
  if (entry.name == "dup") entry.name = text::cut(rest, ' ');
  const auto length = number_in(text::cut(rest, ' '));
  entry.command = text::cut(rest, ' ');
  if (!length || static_cast<std::size_t>(*length) >= rest.size()) return std::nullopt;
  entry.charstring = rest.substr(0, static_cast<std::size_t>(*length));
  rest.remove_prefix(entry.charstring.size());
  // pdfTeX sometimes leaves the blank out.
  if (rest.starts_with(' ')) rest.remove_prefix(1);
  entry.end = cut_line(rest);
  return entry;
}

void write_entry(std::string& result, std::string_view name, std::string_view charstring, const Entry& entry) {
  result.append(name).append(" ").append(std::to_string(charstring.size())).append(" ");
  result.append(entry.command).append(" ").append(charstring).append(" ").append(entry.end);
}

// What is encrypted, taken apart: before + count + subroutines_head + the subroutines + between + the number of glyphs + glyphs_head +
// the glyphs + after.
struct Private {
  std::string_view before, count, subroutines_head, between, glyphs_head, after;
  std::map<int, Entry> subroutines;
  std::vector<Entry> glyphs;
};

// Up to this heading, which there is once; it is taken off `rest` with what is before. Nothing if there isn't, or twice.
std::optional<std::string_view> cut_once(std::string_view& rest, std::string_view heading) {
  const auto at = rest.find(heading);
  if (at == std::string_view::npos || rest.find(heading, at + 1) != std::string_view::npos) return std::nullopt;
  const auto part = rest.substr(0, at + heading.size());
  rest.remove_prefix(part.size());
  return part;
}

std::optional<Private> read_private(std::string_view text) {
  Private font;
  if (text.find("/lenIV") != std::string_view::npos) return std::nullopt;
  auto rest = text;
  if (const auto before = cut_once(rest, "/Subrs ")) {
    font.before = *before;
    auto line = cut_line(rest);
    font.subroutines_head = line.substr(std::min(line.find(' '), line.size()));
    font.count = line.substr(0, line.size() - font.subroutines_head.size());
    while (rest.starts_with("dup ")) {
      const auto entry = take_entry(rest);
      const auto number = entry ? number_in(entry->name) : std::nullopt;
      if (!number) return std::nullopt;
      font.subroutines.emplace(*number, *entry);
    }
  }
  const auto between = cut_once(rest, "/CharStrings ");
  if (!between) return std::nullopt;
  font.between = *between;
  const auto line = cut_line(rest);
  font.glyphs_head = line.substr(std::min(line.find(' '), line.size()));
  while (rest.starts_with('/')) {
    const auto entry = take_entry(rest);
    if (!entry) return std::nullopt;
    font.glyphs.push_back(*entry);
  }
  if (!rest.starts_with("end")) return std::nullopt;
  font.after = rest;
  return font;
}

// A charstring, decrypted and read.
struct Plain {
  std::string bytes;
  Code code;
};

// Which subroutines are called, and what number each gets.
class Renumbering {
 public:
  // Nothing if that can't be told.
  static std::optional<Renumbering> of(const Private& font) {
    // Of flex and of hint replacement, chapter 8: in all fonts the same.
    constexpr int fixed = 5;
    const auto& all = font.subroutines;
    Renumbering result;
    std::vector<int> open;
    for (auto one = all.begin(); one != all.end() && one->first < fixed; ++one) open.push_back(one->first);
    if (open.empty() || open.size() != std::min<std::size_t>(fixed, all.size()) || font.between.find("dup ") != std::string_view::npos) return std::nullopt;
    const auto fourth = all.find(4);
    result.fourth_replaces_hints_ = fourth != all.end() && replaces_hints(decrypted(fourth->second.charstring, charstring_key));
    for (const auto& glyph : font.glyphs) {
      auto plain = result.read(glyph, open);
      if (!plain) return std::nullopt;
      result.glyphs_.push_back(*std::move(plain));
    }
    while (!open.empty()) {
      const auto one = all.find(open.back());
      open.pop_back();
      if (one == all.end()) return std::nullopt;
      if (result.subroutines_.contains(one->first)) continue;
      auto plain = one->first == 4 && result.fourth_replaces_hints_ ? Plain{decrypted(one->second.charstring, charstring_key), {}} : result.read(one->second, open);
      if (!plain) return std::nullopt;
      result.subroutines_.emplace(one->first, *std::move(plain));
    }
    result.numbers_.resize(static_cast<std::size_t>(all.rbegin()->first) + 1);
    int next = 0;
    for (const auto& [number, plain] : result.subroutines_) result.numbers_[static_cast<std::size_t>(number)] = next++;
    return result;
  }

  // By their old numbers; in this order they get the new ones.
  const std::map<int, Plain>& subroutines() const { return subroutines_; }
  // As in the font.
  const std::vector<Plain>& glyphs() const { return glyphs_; }
  // With the new numbers in its calls.
  std::string charstring(const Plain& plain) const { return encrypted(with_calls(plain.bytes, plain.code, numbers_), charstring_key); }

 private:
  std::optional<Plain> read(const Entry& entry, std::vector<int>& called) const {
    Plain plain{decrypted(entry.charstring, charstring_key), {}};
    auto code = read_code(plain.bytes, fourth_replaces_hints_);
    if (!code) return std::nullopt;
    plain.code = *std::move(code);
    for (const auto& call : plain.code.calls) called.push_back(call.subroutine);
    return plain;
  }

  bool fourth_replaces_hints_ = false;
  std::map<int, Plain> subroutines_;
  std::vector<Plain> glyphs_;
  std::vector<int> numbers_;
};

// Without subroutines that are not called if it is told which are, else with all.
std::string write(const Private& font, const Renumbering* renumbering) {
  std::string text(font.before);
  if (renumbering == nullptr) {
    text.append(font.count).append(font.subroutines_head);
    for (const auto& [number, entry] : font.subroutines) write_entry(text, "dup " + std::to_string(number), entry.charstring, entry);
  } else {
    text.append(std::to_string(renumbering->subroutines().size())).append(font.subroutines_head);
    int next = 0;
    for (const auto& [number, plain] : renumbering->subroutines()) write_entry(text, "dup " + std::to_string(next++), renumbering->charstring(plain), font.subroutines.at(number));
  }
  text.append(font.between).append(std::to_string(font.glyphs.size())).append(font.glyphs_head);
  for (std::size_t i = 0; i < font.glyphs.size(); ++i) {
    const auto& glyph = font.glyphs[i];
    if (renumbering == nullptr) write_entry(text, glyph.name, glyph.charstring, glyph);
    else write_entry(text, glyph.name, renumbering->charstring(renumbering->glyphs()[i]), glyph);
  }
  return text.append(font.after);
}

bool is_composite(const Entry& glyph) {
  const auto code = read_code(decrypted(glyph.charstring, charstring_key), false);
  return !code || code->composite;
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

GlyphNames names_in_font(std::string_view pfb) {
  auto clear = pfb.substr(0, pfb.find("currentfile eexec"));
  const auto encoding = clear.find("/Encoding 256 array");
  if (encoding == std::string_view::npos) return {};
  clear.remove_prefix(encoding);
  GlyphNames names;
  while (!clear.empty()) {
    auto line = text::cut(clear, '\n');
    if (!line.starts_with("dup ")) continue;
    line.remove_prefix(std::min(line.find('/'), line.size()));
    if (!line.empty()) names.emplace(line.substr(1, line.find(' ') - 1));
  }
  return names;
}

std::optional<std::string> with_glyphs(std::string_view pfb, const GlyphNames& names) {
  if (pfb.size() < segment_head || pfb[0] != mark) return std::nullopt;
  const auto begin = segment_head + length_of(pfb);  // of the second segment
  if (begin + segment_head > pfb.size() || pfb[begin] != mark || pfb[begin + 1] != binary) return std::nullopt;
  const auto length = length_of(pfb.substr(begin));
  if (length > pfb.size() - begin - segment_head) return std::nullopt;
  const auto text = decrypted(pfb.substr(begin + segment_head, length), eexec_key);
  auto font = read_private(text);
  if (!font) return std::nullopt;
  std::erase_if(font->glyphs, [&](const Entry& glyph) { return glyph.name != "/.notdef" && !names.contains(glyph.name.substr(1)); });
  if (std::any_of(font->glyphs.begin(), font->glyphs.end(), is_composite)) return std::nullopt;
  const auto renumbering = Renumbering::of(*font);
  const auto shorter = write(*font, renumbering ? &*renumbering : nullptr);
  return std::string(pfb.substr(0, begin)) + head_of_binary(shorter.size()) + encrypted(shorter, eexec_key) + std::string(pfb.substr(begin + segment_head + length));
}

std::optional<std::string> with_called(std::string_view cipher) {
  const auto text = decrypted(cipher, eexec_key);
  const auto font = read_private(text);
  const auto renumbering = font ? Renumbering::of(*font) : std::nullopt;
  return renumbering ? std::optional(encrypted(write(*font, &*renumbering), eexec_key)) : std::nullopt;
}

}  // namespace cvgen::typeset
