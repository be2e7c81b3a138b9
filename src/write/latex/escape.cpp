#include "write/latex/escape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "model/words.hpp"
#include "text/cut.hpp"
#include "text/unicode.hpp"
#include "write/latex/characters.hpp"

namespace cvgen::latex {
namespace {

// What stands for itself, whatever is beside it; the table of characters says the same of it.
constexpr bool is_safe(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' || c == '.'; }

// Pairs that T1 fonts would join into another character.
bool joins(char32_t a, char32_t b) {
  constexpr std::pair<char32_t, char32_t> pairs[] = {{'-', '-'}, {'-', 0x2013}, {0x2013, '-'}, {'<', '<'}, {'>', '>'}, {',', ','},
                                                     {0x2018, 0x2018}, {0x2019, 0x2019}, {'?', 0x2018}, {'!', 0x2018}};
  return std::find(std::begin(pairs), std::end(pairs), std::pair(a, b)) != std::end(pairs);
}

std::string utf16_hex(std::u32string_view text) {
  std::string result;
  for (auto c : text) {
    if (c >= 0x10000) {
      c -= 0x10000;
      result += fmt::format("{:04X}{:04X}", 0xD800 + (static_cast<std::uint32_t>(c) >> 10U), 0xDC00 + (static_cast<std::uint32_t>(c) & 0x3FFU));
    } else {
      result += fmt::format("{:04X}", static_cast<std::uint32_t>(c));
    }
  }
  return result;
}

// Where a word that may be longer than a line can be broken without a hyphen: after the strokes and dots of an address,
// before the humps of an identifier, and anywhere in a long number or in letters too many for hyphenation.
std::vector<std::size_t> break_points(std::string_view plain) {
  constexpr std::size_t long_word = 40, hyphenated = 60, piece = 12, least = 3, apart = 8;
  constexpr std::string_view after = "/._?&=@:;,#+~%";
  std::vector<std::size_t> result;
  if (plain.size() <= long_word) return result;
  for (std::size_t begin = 0; begin < plain.size();) {
    auto end = begin;
    while (end < plain.size() && plain[end] != ' ' && plain[end] != '-') ++end;
    std::vector<std::pair<char32_t, std::size_t>> letters;
    if (end - begin > long_word) text::for_each(plain.substr(begin, end - begin), [&](char32_t c, std::size_t at) { letters.emplace_back(c, begin + at); });
    const auto is_good = [&](std::size_t i) {
      const auto a = letters[i - 1].first, b = letters[i].first;
      return (a < 0x80 && after.find(static_cast<char>(a)) != std::string_view::npos) || (a >= 'a' && a <= 'z' && b >= 'A' && b <= 'Z');
    };
    for (std::size_t from = 0; letters.size() > long_word && from < letters.size();) {
      auto to = from + 1;
      bool digits = false;
      while (to < letters.size() && !(to - from >= apart && to + least <= letters.size() && is_good(to))) {
        digits = digits || (letters[to].first >= '0' && letters[to].first <= '9');
        ++to;
      }
      const auto length = to - from;
      for (auto i = from + piece; i + least <= to && length > (digits ? long_word : hyphenated); i += piece) {
        while (i < to && text::is_combining(letters[i].first)) ++i;
        if (i < to) result.push_back(letters[i].second);
      }
      if (to < letters.size()) result.push_back(letters[to].second);
      from = to;
    }
    begin = end + 1;
  }
  return result;
}

bool is_above(char32_t mark) { return mark >= 0x300 && mark <= 0x314; }

}  // namespace

void Escaper::remember(std::string_view needs) {
  while (!needs.empty()) {
    const auto end = std::min(needs.find(' '), needs.size());
    if (end > 0) needs_.emplace(needs.substr(0, end));
    needs.remove_prefix(std::min(end + 1, needs.size()));
  }
}

std::string Escaper::single(char32_t c, std::string_view bytes) {
  const auto known = find_character(c);
  if (!known) return std::string(bytes);
  remember(known->needs);
  if (known->how == How::escape) return std::string(known->tex);
  if (known->how == How::define) defined_.emplace(c, known->tex);
  return std::string(bytes);
}

std::string Escaper::cluster(char32_t base, std::u32string marks) {
  auto sequence = std::u32string(1, base) + marks;
  // A base that is itself built of letter and mark gives its marks to the pile: spans of ActualText can't nest, and an
  // i loses its dot below any mark above.
  const auto parts = text::nfd(text::encode(base));
  const bool dotted = parts[0] == 'i' || parts[0] == 'j';
  const auto known = find_character(base);
  if (const bool built = known && known->tex.find("\\cvtext") != std::string_view::npos; base >= 0x80 && (built || dotted)) {
    std::u32string own;
    text::for_each(parts, [&](char32_t part, std::size_t) { own += part; });
    const auto letters = std::find_if_not(own.begin() + 1, own.end(), [](char32_t part) { return find_character(part).has_value() && text::is_combining(part); });
    if (letters == own.end()) {
      base = own[0];
      marks.insert(0, own.substr(1));
    }
  }
  std::string piece = single(base, text::encode(base));
  if ((base == 'i' || base == 'j') && std::any_of(marks.begin(), marks.end(), is_above)) piece = base == 'i' ? "\\i" : "\\j";
  piece = fmt::format("\\cvtext{{{}}}{{{}}}", utf16_hex(sequence), piece);
  for (const auto mark : marks) {
    const auto around = *find_character(mark);
    remember(around.needs);
    const auto hole = around.tex.find("#1");
    piece = std::string(around.tex.substr(0, hole)) + piece + std::string(around.tex.substr(hole + 2));
  }
  return piece;
}

Tex Escaper::text(std::string_view plain) {
  Tex result;
  if (fonts_ == nullptr) {
    result.source_ = plain_text(plain);
    return result;
  }
  for (const auto& segment : segments(plain, language_)) result.source_ += segment.script == nullptr ? plain_text(segment.text) : script_text(segment);
  return result;
}

std::string Escaper::script_text(const Segment& segment) {
  const auto& list = fonts_->list;
  const auto none = list.size();
  std::string out, stretch;
  auto font = none;
  const auto flush = [&] {
    // Marks of direction alone stand in a font that has the direction.
    if (font == none) font = static_cast<std::size_t>(std::find_if(list.begin(), list.end(), [](const ScriptFont& f) { return f.script->right_to_left; }) - list.begin());
    if (!stretch.empty()) out += fmt::format("\\cvscript{{{}}}{{{}}}", font == none ? segment.script->name : std::string_view(list[font].name), stretch);
    stretch.clear();
  };
  text::for_each(segment.text, [&](char32_t c, std::size_t at) {
    if (c != ' ' && !is_format_mark(c)) {
      wanted_[segment.script].insert(c);
      const auto found = fonts_->of.find({segment.script, c});
      const auto next = found == fonts_->of.end() ? none : found->second;
      if (next != font && font != none) flush();
      font = next;
    }
    stretch += segment.text.substr(at, text::decode(segment.text.substr(at))->length);
  });
  flush();
  return out;
}

std::string Escaper::plain_text(std::string_view plain) {
  std::string out;
  char32_t before = 0;
  const auto breaks = break_points(plain);
  auto next_break = breaks.begin();
  for (std::size_t i = 0; i < plain.size();) {
    auto end = i;
    const auto limit = next_break == breaks.end() ? plain.size() : *next_break;
    while (end < limit && is_safe(plain[end])) ++end;
    if (end > i && end < plain.size() && static_cast<unsigned char>(plain[end]) >= 0x80) --end;  // it may be a mark on the last
    if (end > i) {
      out += plain.substr(i, end - i);
      before = static_cast<unsigned char>(plain[end - 1]);
      i = end;
      continue;
    }
    const auto decoded = *text::decode(plain.substr(i));
    const auto c = decoded.code_point;
    if (next_break != breaks.end() && *next_break == i) {
      out += "\\cvbreak{}";
      ++next_break;
    } else if (joins(before, c)) {
      out += fonts_ == nullptr ? "{}" : "\\cvsplit{}";  // lualatex forms ligatures across an empty group
    }
    const auto bytes = plain.substr(i, decoded.length);
    i += decoded.length;

    // Marks without a precomposed letter sit around their base, the last one outermost.
    std::u32string marks;
    while (i < plain.size()) {
      const auto next = *text::decode(plain.substr(i));
      const auto mark = text::is_combining(next.code_point) ? find_character(next.code_point) : std::nullopt;
      if (!mark || mark->how != How::combine) break;
      marks += next.code_point;
      i += next.length;
    }
    auto piece = marks.empty() ? single(c, bytes) : cluster(c, marks);
    // A leading bracket would be taken for the optional argument of what stands before.
    if (out.empty() && piece == "[") piece = "{[}";
    out += piece;
    before = c;
  }
  return out;
}

// Between two lines from left to right, what fills the first one would take their direction.
Tex Escaper::line_break() { return (model::is_right_to_left(language_) ? text("\u200F") : Tex()) + Tex("\\newline "); }

Tex Escaper::direction(std::span<const model::Run> rest) {
  if (!model::is_right_to_left(language_)) return {};
  bool turned = false;
  const auto line = rest.first(static_cast<std::size_t>(std::find_if(rest.begin(), rest.end(), [](const model::Run& r) { return r.line_break; }) - rest.begin()));
  for (const auto& one : line) text::for_each(one.text, [&](char32_t c, std::size_t) { turned = turned || text::is_right_to_left(c); });
  return turned || line.empty() ? Tex() : text("\u200E");
}

Tex Escaper::run(const model::Run& run) {
  if (run.line_break) return line_break();
  // Blanks stay outside the braces, where they read better and stretch the same.
  std::string_view inner = run.text;
  const bool leads = run.marks != 0 && inner.starts_with(' ') && inner.size() > 1;
  const bool trails = run.marks != 0 && inner.ends_with(' ') && inner.size() > 1;
  if (leads) inner.remove_prefix(1);
  if (trails) inner.remove_suffix(1);
  auto result = text(inner);
  if ((run.marks & model::code) != 0) result = command("\\texttt", result);
  if ((run.marks & model::italic) != 0) result = command("\\textit", result);
  if ((run.marks & model::bold) != 0) result = command("\\textbf", result);
  if ((run.marks & model::subscript) != 0) result = command("\\textsubscript", result);
  if ((run.marks & model::superscript) != 0) result = command("\\textsuperscript", result);
  if (!leads && !trails) return result;
  return (leads ? Tex(" ") : Tex()) + result + (trails ? Tex(" ") : Tex());
}

Tex Escaper::text(const model::Text& marked) {
  Tex result;
  const bool has_lines = std::any_of(marked.runs.begin(), marked.runs.end(), [](const model::Run& r) { return r.line_break; });
  for (std::size_t i = 0; i < marked.runs.size();) {
    const auto& first = marked.runs[i];
    if (has_lines && (i == 0 || marked.runs[i - 1].line_break)) result += direction(std::span(marked.runs).subspan(i));
    // Neighbours that look the same are one stretch to TeX, with ligatures across: they are escaped as one.
    const auto stretch = [&] {
      const auto& head = marked.runs[i++];
      const auto same = [&](const model::Run& next) { return next.marks == head.marks && next.href == head.href && !next.line_break && !head.line_break; };
      if (i == marked.runs.size() || !same(marked.runs[i])) return run(head);
      auto whole = head;
      while (i < marked.runs.size() && same(marked.runs[i])) whole.text += marked.runs[i++].text;
      return run(whole);
    };
    if (first.href.empty()) {
      result += stretch();
      continue;
    }
    Tex inner;
    while (i < marked.runs.size() && marked.runs[i].href == first.href) inner += stretch();
    result += link(first.href, inner);
  }
  return result;
}

Tex Escaper::url(std::string_view address) {
  constexpr std::string_view backslashed = "%#&_~";
  constexpr std::string_view encoded = "\\{}^$\"<>|` ";
  std::string out;
  for (const char c : address) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7F || encoded.find(c) != std::string_view::npos) out += fmt::format("\\%{:02X}", byte);
    else if (backslashed.find(c) != std::string_view::npos) out += {'\\', c};
    else out += c;
  }
  Tex result;
  result.source_ = std::move(out);
  return result;
}

Tex Escaper::metadata(std::string_view plain) {
  constexpr std::string_view harmless = " .,:;-/()+*=!?'";
  Tex result;
  text::for_each(plain, [&](char32_t c, std::size_t) {
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (letter || (c < 0x80 && harmless.find(static_cast<char>(c)) != std::string_view::npos)) result.source_ += static_cast<char>(c);
    else result.source_ += fmt::format("\\cvu{{{:X}}}", static_cast<std::uint32_t>(c));
  });
  return result;
}

Tex Escaper::anchor(std::string_view id) {
  Tex result;
  for (const char c : id) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
    if (plain) result.source_ += c;
  }
  return result;
}

Tex Escaper::link(std::string_view address, const Tex& what) {
  if (address.starts_with('#')) return command("\\hyperlink", anchor(address.substr(1)), what);
  return command("\\href", url(address), what);
}

Tex Escaper::requirements() const {
  std::string out;
  auto table = requirements_table();
  while (!table.empty()) {
    auto line = text::cut(table, '\n');
    const auto need = text::cut(line, '\t');
    if (!need.starts_with('#') && !line.empty() && needs_.contains(need)) out += std::string(line) + "\n";
  }
  return trusted(std::move(out));
}

Tex Escaper::definitions() const {
  std::string out;
  for (const auto& [c, tex] : defined_) out += fmt::format("\\DeclareUnicodeCharacter{{{:04X}}}{{{}}}\n", static_cast<std::uint32_t>(c), tex);
  return trusted(std::move(out));
}

}  // namespace cvgen::latex
