#include "write/latex/characters.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "embedded.hpp"
#include "text/cut.hpp"
#include "text/unicode.hpp"

namespace cvgen::latex {
namespace {

struct Row {
  char32_t code_point;
  std::string_view rest;  // the columns after the code
};

// The table is sorted by code point.
std::vector<Row> rows_of(std::string_view table) {
  std::vector<Row> rows;
  while (!table.empty()) {
    auto line = text::cut(table, '\n');
    if (line.empty() || line.starts_with('#')) continue;
    const auto code = text::cut(line, '\t');
    std::uint32_t value = 0;
    std::from_chars(code.data(), code.data() + code.size(), value, 16);
    rows.push_back({value, line});
  }
  return rows;
}

}  // namespace

std::optional<Character> find_character(char32_t code_point) {
  // Most characters of most CVs; the table says the same of them.
  if ((code_point >= 'a' && code_point <= 'z') || (code_point >= 'A' && code_point <= 'Z') || code_point == ' ') return Character{How::direct, {}, {}};
  static const auto rows = rows_of(embedded::latex_template("characters.tsv"));
  const auto row = std::lower_bound(rows.begin(), rows.end(), code_point, [](const Row& r, char32_t c) { return r.code_point < c; });
  if (row == rows.end() || row->code_point != code_point) return std::nullopt;
  auto line = row->rest;
  const auto how = text::cut(line, '\t');
  const auto needs = text::cut(line, '\t');
  const auto tex = text::cut(line, '\t');
  if (how == "direct") return Character{How::direct, needs, tex};
  if (how == "escape") return Character{How::escape, needs, tex};
  if (how == "define") return Character{How::define, needs, tex};
  return Character{How::combine, needs, tex};
}

std::string_view requirements_table() { return embedded::latex_template("requirements.tsv"); }

std::vector<std::size_t> unprintable(std::string_view text) {
  std::vector<std::size_t> result;
  // Nearly all of most texts; the table says the same of them.
  const auto is_printable_ascii = [](char c) { return c >= 0x20 && c < 0x7F; };
  bool after_letter = false;  // a combining mark needs something to sit on
  for (std::size_t i = 0; i < text.size();) {
    const auto begin = i;
    while (i < text.size() && is_printable_ascii(text[i])) ++i;
    if (i > begin) after_letter = text[i - 1] != ' ';
    if (i == text.size()) break;
    const auto decoded = *text::decode(text.substr(i));
    const auto c = decoded.code_point;
    const auto known = find_character(c);
    const bool bad = !known || (known->how == How::combine && !after_letter);
    if (bad) result.push_back(i);
    after_letter = !bad && c != ' ';
    i += decoded.length;
  }
  return result;
}

}  // namespace cvgen::latex
