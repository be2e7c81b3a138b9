#include "cli/pieces.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "io/environment.hpp"
#include "text/cut.hpp"
#include "text/number.hpp"
#include "typeset/digest.hpp"

namespace cvgen::cli {
namespace {

using typeset::Galley;
using Piece = Galley::Piece;

// What a block has of a piece.
void copy(const Piece& from, bool bare, Piece& to) {
  if (bare) {
    to.bare = from.bare;
  } else {
    to.own = from.own;
    to.list_end = from.list_end;
    to.after = from.after;
  }
}

// How many pieces a block has.
std::size_t count_of(const Block& block, const select::Units& units) { return block.bare ? 1 : size_of(block.unit, units); }

struct Mark {
  char kind = 0;
  std::size_t number = 0;
};

// "\cvunit{u 7}", indented or not.
std::optional<Mark> mark_in(std::string_view line) {
  constexpr std::string_view start = "\\cvunit{";
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  if (!line.starts_with(start)) return std::nullopt;
  line.remove_prefix(start.size());
  Mark mark{line.empty() ? '\0' : line[0]};
  line.remove_prefix(std::min<std::size_t>(2, line.size()));
  mark.number = text::take_number<std::size_t>(line).value_or(0);
  return mark;
}

constexpr std::string_view kind = "pieces";
// Names in the record, beside those of files, of which none has a slash.
constexpr std::string_view name_of_frame = "/frame", name_of_measures = "/measures", name_of_start = "/start", name_of_headings = "/headings", prefix_of_blocks = "/block/";

auto measures_of(typeset::Measures& m) { return std::array{&m.text_height, &m.top_skip, &m.max_depth, &m.baseline_skip, &m.line_skip, &m.line_skip_limit, &m.side_top}; }

}  // namespace

std::size_t size_of(std::size_t unit, const select::Units& units) {
  auto end = unit + 1;
  while (end < units.list.size() && units.list[end].parent >= static_cast<int>(unit)) ++end;
  return end - unit;
}

Blocks blocks_of(std::string_view tex, const select::Units& units) {
  Blocks result;
  result.separable = true;
  typeset::Digest frame;
  std::string text, before;  // of the block that is being read, and of the one before
  enum class In { surroundings, heading, unit, bare } in = In::surroundings;
  std::size_t first = 0;
  bool chunk = false;
  const auto end = [&] {
    if (in == In::surroundings || in == In::heading) frame.add(text);
    const auto own = typeset::digest(text);
    if (in == In::unit || in == In::bare) {
      result.list.push_back({first, in == In::bare, typeset::Digest().add(in == In::bare ? "" : before).add(own).hex()});
    }
    before = own;
    text.clear();
  };
  while (!tex.empty()) {
    const auto line = text::cut(tex, '\n');
    if (line == "\\cvchunk") {
      chunk = true;
      continue;
    }
    const auto mark = mark_in(line);
    const bool was_chunk = std::exchange(chunk, false);
    if (!mark || mark->kind == 'x') {
      text.append(mark ? "\\cvunit{x}" : line).push_back('\n');
      continue;
    }
    const bool inner = mark->kind == 'u' && units.list[mark->number].parent >= 0;
    result.separable = result.separable && !(was_chunk && mark->kind == 'u');
    if (inner) {
      text += fmt::format("\\cvunit{{u {}}}\n", mark->number - first);
      continue;
    }
    end();
    first = mark->number;
    in = mark->kind == 'h' ? In::heading : mark->kind == 'u' ? In::unit : mark->kind == 'b' ? In::bare : In::surroundings;
  }
  end();
  result.frame = frame.hex();
  return result;
}

void copy_pieces(const Galley& from, const Block& block, const select::Units& units, Galley& to) {
  for (auto i = block.unit; i < block.unit + count_of(block, units); ++i) copy(from.pieces[i], block.bare, to.pieces[i]);
}

Known known_of(const Blocks& blocks, const select::Units& units, const Galley& galley, typeset::Memory files) {
  Known known{blocks.frame, {galley.measures, galley.start, galley.headings, {}}, {}, std::move(files)};
  for (const auto& block : blocks.list) {
    std::vector<Piece> pieces(count_of(block, units));
    for (std::size_t i = 0; i < pieces.size(); ++i) copy(galley.pieces[block.unit + i], block.bare, pieces[i]);
    known.pieces[block.key] = std::move(pieces);
  }
  return known;
}

bool put_pieces(const Known& known, const Block& block, const select::Units& units, Galley& galley) {
  const auto found = known.pieces.find(block.key);
  if (found == known.pieces.end() || found->second.size() != count_of(block, units)) return false;
  for (std::size_t i = 0; i < found->second.size(); ++i) copy(found->second[i], block.bare, galley.pieces[block.unit + i]);
  return true;
}

std::optional<Known> find_known(const typeset::Cache& cache, const std::string& name) {
  auto record = typeset::read_memory(cache.get(kind, typeset::digest(name)).value_or(""));
  if (!record) return std::nullopt;
  const auto take = [&](std::string_view what) { return typeset::take_file(*record, what).value_or(""); };
  Known known;
  known.frame = take(name_of_frame);
  const auto measures = take(name_of_measures), start = take(name_of_start), headings = take(name_of_headings);
  std::string_view rest = measures;
  for (auto* value : measures_of(known.galley.measures)) {
    const auto size = text::number<typeset::Scaled>(text::cut(rest, ' '));
    if (!size) return std::nullopt;
    *value = *size;
  }
  rest = start;
  auto list = typeset::take_list(rest);
  if (!list) return std::nullopt;
  known.galley.start = *std::move(list);
  for (rest = headings; !rest.empty();) {
    if (!(list = typeset::take_list(rest))) return std::nullopt;
    known.galley.headings.push_back(*std::move(list));
  }
  for (auto one = record->lower_bound(std::string(prefix_of_blocks)); one != record->end() && one->first.starts_with(prefix_of_blocks);) {
    auto& pieces = known.pieces[one->first.substr(prefix_of_blocks.size())];
    for (rest = one->second; !rest.empty();) {
      auto& piece = pieces.emplace_back();
      for (auto* part : {&piece.own, &piece.bare, &piece.list_end, &piece.after}) {
        if (!(list = typeset::take_list(rest))) return std::nullopt;
        *part = *std::move(list);
      }
    }
    one = record->erase(one);
  }
  known.files = *std::move(record);
  return known;
}

bool has_known(const typeset::Cache& cache, const std::string& name) { return cache.has(kind, typeset::digest(name)); }

void keep_known(const typeset::Cache& cache, const std::string& name, const Known& known) {
  auto record = known.files;
  record.emplace(name_of_frame, known.frame);
  auto measures = known.galley.measures;
  for (const auto* value : measures_of(measures)) record[std::string(name_of_measures)] += fmt::format("{} ", *value);
  typeset::write_list(known.galley.start, record[std::string(name_of_start)]);
  auto& headings = record[std::string(name_of_headings)];
  for (const auto& heading : known.galley.headings) typeset::write_list(heading, headings);
  for (const auto& [key, pieces] : known.pieces) {
    auto& text = record[std::string(prefix_of_blocks) + key];
    for (const auto& piece : pieces) {
      for (const auto* part : {&piece.own, &piece.bare, &piece.list_end, &piece.after}) typeset::write_list(*part, text);
    }
  }
  const auto text = typeset::write_memory(record);
  cache.put(kind, typeset::digest(name), text);
  // They are large, and there may be one for each of many CVs. Looking at all that is there takes too long for every time.
  constexpr std::size_t large = 1U << 20U;
  constexpr std::int64_t turns = 32;
  if (text.size() > large || static_cast<std::int64_t>(io::now() * 1e6) % turns == 0) cache.trim();
}

}  // namespace cvgen::cli
