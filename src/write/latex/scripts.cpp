#include "write/latex/scripts.hpp"

#include <algorithm>
#include <charconv>

#include "embedded.hpp"
#include "model/words.hpp"
#include "text/cut.hpp"
#include "text/unicode.hpp"
#include "write/latex/characters.hpp"

namespace cvgen::latex {
namespace {

std::vector<std::string> families(std::string_view list) {
  std::vector<std::string> result;
  while (!list.empty()) result.emplace_back(text::cut(list, '|'));
  return result;
}

char32_t code_point(std::string_view hex) {
  std::uint32_t value = 0;
  std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
  return value;
}

std::vector<Script> read_table() {
  std::vector<Script> result;
  for (auto table = embedded::latex_template("scripts.tsv"); !table.empty();) {
    auto line = text::cut(table, '\n');
    if (line.empty() || line.starts_with('#')) continue;
    Script script;
    script.name = text::cut(line, '\t');
    script.sample = code_point(text::cut(line, '\t'));
    script.tag = text::cut(line, '\t');
    script.right_to_left = text::cut(line, '\t') == "rtl";
    script.locale = text::cut(line, '\t');
    script.package = text::cut(line, '\t');
    script.sans = families(text::cut(line, '\t'));
    script.serif = families(text::cut(line, '\t'));
    while (!line.empty()) {
      auto range = text::cut(line, ' ');
      const auto first = code_point(text::cut(range, '-'));
      script.ranges.emplace_back(first, range.empty() ? first : code_point(range));
    }
    result.push_back(std::move(script));
  }
  return result;
}

const Script* named(std::string_view name) {
  return &*std::find_if(scripts().begin(), scripts().end(), [&](const Script& script) { return script.name == name; });
}

const Script* script_of(char32_t c) {
  const auto has = [&](const Script& script) {
    return std::any_of(script.ranges.begin(), script.ranges.end(), [&](const auto& range) { return range.first <= c && c <= range.second; });
  };
  const auto found = std::find_if(scripts().begin(), scripts().end(), has);
  return found == scripts().end() ? &scripts().back() : &*found;
}

bool is_variation_selector(char32_t c) { return c == 0xFE0E || c == 0xFE0F; }
// Zero width joiner and non-joiner: they shape the letters around them.
bool is_joiner(char32_t c) { return c == 0x200C || c == 0x200D || is_variation_selector(c) || (0xE0020 <= c && c <= 0xE007F); }
// Left-to-right, right-to-left and Arabic letter mark.
bool is_direction_mark(char32_t c) { return c == 0x200E || c == 0x200F || c == 0x61C; }
bool is_private(char32_t c) { return (0xE000 <= c && c <= 0xF8FF) || c >= 0xF0000; }

struct Letter {
  char32_t code_point;
  std::size_t begin, end;
  const Script* script;
};

// Character by character: what is known to characters.tsv has no script, marks and joiners have that of what they follow.
std::vector<Letter> letters_of(std::string_view text) {
  const auto* greek = named("greek");
  const auto* emoji = named("emoji");
  std::vector<Letter> letters;
  text::for_each(text, [&](char32_t c, std::size_t at) {
    const auto* before = letters.empty() ? nullptr : letters.back().script;
    const auto* script = script_of(c);
    if (is_variation_selector(c) && !letters.empty() && script_of(letters.back().code_point) == emoji) letters.back().script = before = emoji;
    if (before != nullptr && (text::is_combining(c) || is_joiner(c))) script = before;
    else if (script != greek && find_character(c)) script = nullptr;
    letters.push_back({c, at, at, script});
  });
  for (std::size_t i = 0; i < letters.size(); ++i) letters[i].end = i + 1 < letters.size() ? letters[i + 1].begin : text.size();
  return letters;
}

}  // namespace

std::span<const Script> scripts() {
  static const auto table = read_table();
  return table;
}

bool is_format_mark(char32_t code_point) { return is_joiner(code_point) || is_direction_mark(code_point); }

std::vector<Segment> segments(std::string_view text, model::Language language) {
  const auto* greek = named("greek");
  const auto *chinese = named("chinese"), *japanese = named("japanese"), *korean = named("korean");
  const auto* usual = language == model::Language::ja ? japanese : language == model::Language::ko ? korean : chinese;
  const auto cjk = [&](const Script* script) { return script == chinese || script == japanese || script == korean; };
  const auto letters = letters_of(text);
  std::vector<Segment> result;
  for (std::size_t i = 0; i < letters.size();) {
    const auto* script = letters[i].script;
    const auto begin = i++;
    const auto belongs = [&](const Script* other) { return other == script || (cjk(script) && cjk(other)); };
    while (i < letters.size()) {
      // A blank between two words of a script is part of it.
      const bool blank = script != nullptr && letters[i].code_point == ' ' && i + 1 < letters.size() && letters[i + 1].script != nullptr && belongs(letters[i + 1].script);
      if (!blank && !belongs(letters[i].script)) break;
      ++i;
    }
    if (cjk(script)) {
      const auto has = [&](const Script* wanted) { return std::any_of(letters.begin() + static_cast<std::ptrdiff_t>(begin), letters.begin() + static_cast<std::ptrdiff_t>(i), [&](const Letter& letter) { return letter.script == wanted; }); };
      script = has(japanese) ? japanese : has(korean) ? korean : usual;
    }
    if (script == greek && i == begin + 1 && find_character(letters[begin].code_point)) script = nullptr;
    const auto piece = text.substr(letters[begin].begin, letters[i - 1].end - letters[begin].begin);
    if (!result.empty() && result.back().script == script) result.back().text = {result.back().text.data(), result.back().text.size() + piece.size()};
    else result.push_back({piece, script});
  }
  return result;
}

std::vector<std::size_t> unsettable(std::string_view text, model::Language language) {
  if (unprintable(text).empty()) return {};
  std::vector<std::size_t> result;
  const auto letters = letters_of(text);
  const bool right_to_left = model::is_right_to_left(language) || std::any_of(letters.begin(), letters.end(), [](const Letter& letter) { return letter.script != nullptr && letter.script->right_to_left; });
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const auto c = letters[i].code_point;
    const auto known = find_character(c);
    const bool after_letter = i > 0 && letters[i - 1].code_point != ' ';
    const bool after_script = i > 0 && letters[i - 1].script != nullptr;
    if (known && (known->how != How::combine || after_letter)) continue;
    const bool joins = is_joiner(c) || text::is_combining(c);
    const bool bad = known || is_private(c) || c == 0xFFFD  // LuaTeX takes U+FFFD for what is no UTF-8
                     || (joins ? !after_script : is_direction_mark(c) ? !right_to_left : text::is_invisible(c));
    if (bad) result.push_back(letters[i].begin);
  }
  return result;
}

}  // namespace cvgen::latex
