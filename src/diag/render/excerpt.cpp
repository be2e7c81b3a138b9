#include "diag/render/excerpt.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "diag/render/words.hpp"
#include "text/unicode.hpp"

namespace cvgen::diag {
namespace {

constexpr int tab_stop = 4;

// A piece of the shown line: the bytes of one code point, how they are shown, and in which columns.
struct Cell {
  std::uint32_t offset;  // in the line
  std::string shown;
  int column;
  int width;
};

std::vector<Cell> cells_of(std::string_view line) {
  std::vector<Cell> cells;
  int column = 0;
  for (std::size_t i = 0; i < line.size();) {
    const auto decoded = text::decode(line.substr(i));
    const auto length = decoded ? decoded->length : std::uint8_t{1};
    std::string shown;
    if (!decoded) shown = fmt::format("<{:02X}>", static_cast<unsigned char>(line[i]));
    else if (decoded->code_point == '\t') shown = std::string(static_cast<std::size_t>(tab_stop - column % tab_stop), ' ');
    else shown = visible(line.substr(i, length));
    const int width = std::max(0, text::width(shown));
    cells.push_back({static_cast<std::uint32_t>(i), std::move(shown), column, width});
    column += width;
    i += length;
  }
  cells.push_back({static_cast<std::uint32_t>(line.size()), "", column, 0});  // the end of the line can be marked too
  return cells;
}

struct Columns {
  int begin;
  int end;  // at least one column
};

Columns columns_of(const std::vector<Cell>& cells, std::uint32_t begin, std::uint32_t end) {
  const auto at = [&](std::uint32_t offset) {
    const auto found = std::lower_bound(cells.begin(), cells.end(), offset, [](const Cell& cell, std::uint32_t o) { return cell.offset < o; });
    return found == cells.end() ? std::prev(cells.end()) : found;
  };
  auto first = at(begin);
  // A combining character is seen in its letter.
  while (first != cells.begin() && first->width == 0 && std::next(first) != cells.end()) --first;
  return {first->column, std::max(at(end)->column, first->column + 1)};
}

}  // namespace

Excerpt excerpt(const SourceFile& file, std::uint32_t line, const std::vector<Mark>& marks, int width) {
  // Of a line of a million characters only the neighbourhood of the first mark is looked at.
  constexpr std::uint32_t neighbourhood = 5000;
  const auto whole = file.line(line);
  const auto line_start = file.line_start(line);
  std::uint32_t from = 0;
  auto to = static_cast<std::uint32_t>(whole.size());
  if (!marks.empty() && to > 2 * neighbourhood) {
    const auto mark = std::min(std::max(marks.front().span.begin, line_start) - line_start, to);
    const auto inside = [&](std::uint32_t i) { return i < whole.size() && (static_cast<unsigned char>(whole[i]) & 0xC0U) == 0x80U; };
    if (mark > neighbourhood) from = mark - neighbourhood;
    if (to - mark > neighbourhood) to = mark + neighbourhood;
    while (from > 0 && inside(from)) --from;
    while (inside(to)) ++to;
  }
  const auto source = whole.substr(from, to - from);
  const auto start = line_start + from;
  const auto cells = cells_of(source);
  const auto size = static_cast<std::uint32_t>(source.size());

  std::vector<Columns> places;
  for (const auto& mark : marks) {
    const auto begin = std::max(mark.span.begin, start);
    const auto end = std::max(mark.span.end, begin);
    places.push_back(columns_of(cells, std::min(begin - start, size), std::min(end - start, size)));
  }

  // The window begins so that the first mark is in it with some context, and only where the line does not fit.
  int first = 0;
  const int total = cells.back().column;
  if (total > width && !places.empty()) {
    const int context = width / 3;
    const int wanted = std::max(0, places.front().begin - context);
    first = std::min(wanted, std::max(0, total - width));
  }
  const int last = first + width;

  Excerpt result;
  const bool cut_before = first > 0 || from > 0;
  const bool cut_after = total > last || to < whole.size();
  if (cut_before) result.line += "...";
  const int shift = cut_before ? 3 - first : 0;
  bool begun = first == 0;  // a combining character whose letter is cut off goes with it
  for (const auto& cell : cells) {
    const int end = cell.column + cell.width;
    if (cell.column < first && end > first) result.line.append(static_cast<std::size_t>(end - first), ' ');  // half of a wide one
    if (cell.column < first || end > last || (!begun && cell.width == 0)) continue;
    begun = true;
    result.line += cell.shown;
  }
  if (cut_after) result.line += "...";
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const bool cut_off = cut_before && places[i].end <= first;  // stands under the dots
    const int begin = cut_off ? 0 : std::clamp(places[i].begin, first, last) + shift;
    const int end = cut_off ? 3 : std::max(std::clamp(places[i].end, first, last) + shift, begin + 1);
    auto row = std::string(static_cast<std::size_t>(begin), ' ') + std::string(static_cast<std::size_t>(end - begin), marks[i].primary ? '^' : '-');
    if (!marks[i].text.empty()) row += " " + marks[i].text;
    result.marks.push_back(std::move(row));
  }
  return result;
}

}  // namespace cvgen::diag
