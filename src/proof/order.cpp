#include "proof/order.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "text/unicode.hpp"

namespace cvgen::proof {
namespace {

using Kind = OrderFault::Kind;

// A stretch of text that is all of one entry.
struct Stretch {
  std::size_t entry = 0;
  std::size_t size = 0;
  std::vector<std::size_t> fields;
};

std::vector<Stretch> stretches(const Expected& expected, const Located& located) {
  std::vector<std::pair<Range, std::size_t>> pieces;
  for (std::size_t i = 0; i < expected.fields.size(); ++i) {
    if (expected.fields[i].entry == 0) continue;
    for (const auto& range : located.places[i]) pieces.emplace_back(range, i);
  }
  std::sort(pieces.begin(), pieces.end());
  std::vector<Stretch> result;
  for (const auto& [range, field] : pieces) {
    const auto entry = expected.fields[field].entry;
    if (result.empty() || result.back().entry != entry) result.push_back({entry, 0, {}});
    result.back().size += range.end - range.begin;
    auto& fields = result.back().fields;
    if (std::find(fields.begin(), fields.end(), field) == fields.end()) fields.push_back(field);
  }
  return result;
}

// Those that are not in the longest increasing subsequence.
std::vector<std::size_t> astray(const std::vector<std::size_t>& sequence) {
  constexpr auto none = SIZE_MAX;
  std::vector<std::size_t> tails, before(sequence.size(), none);  // tails: positions of the smallest last members
  for (std::size_t i = 0; i < sequence.size(); ++i) {
    const auto place = std::lower_bound(tails.begin(), tails.end(), i, [&](std::size_t a, std::size_t b) { return sequence[a] < sequence[b]; });
    if (place != tails.begin()) before[i] = *(place - 1);
    if (place == tails.end()) tails.push_back(i);
    else *place = i;
  }
  std::vector<bool> kept(sequence.size(), false);
  for (auto i = tails.empty() ? none : tails.back(); i != none; i = before[i]) kept[i] = true;
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < sequence.size(); ++i) {
    if (!kept[i]) result.push_back(sequence[i]);
  }
  return result;
}

std::size_t first_field(const Expected& expected, std::size_t entry) {
  const auto found = std::find_if(expected.fields.begin(), expected.fields.end(), [&](const Field& f) { return f.entry == entry; });
  return static_cast<std::size_t>(found - expected.fields.begin());
}

void sections(const Expected& expected, const std::vector<std::size_t>& entries, std::size_t columns, const std::set<std::size_t>& torn, std::vector<OrderFault>& faults) {
  std::map<std::size_t, std::vector<std::size_t>> inside;
  std::vector<std::pair<std::size_t, std::size_t>> blocks;  // sections as they follow one another, each with its first entry
  for (const auto entry : entries) {
    const auto section = expected.entries[entry].section;
    inside[section].push_back(entry);
    if (blocks.empty() || blocks.back().first != section) blocks.emplace_back(section, entry);
  }
  for (const auto& [section, members] : inside) {
    for (const auto entry : astray(members)) {
      if (!torn.contains(entry)) faults.push_back({Kind::entry_order, first_field(expected, entry)});
    }
  }
  std::set<std::size_t> seen;
  std::size_t descents = 0, tears = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const bool again = !seen.insert(blocks[i].first).second;
    if (again && ++tears <= columns) continue;
    if (again) faults.push_back({Kind::torn, first_field(expected, blocks[i].second)});
    else if (i > 0 && blocks[i].first < blocks[i - 1].first && ++descents > columns) faults.push_back({Kind::section_order, first_field(expected, blocks[i].second)});
  }
}

// As pdftotext -raw reads words from right to left.
bool letter_a_line(const Stream& text, std::size_t at) {
  return text::is_right_to_left(text.text[at]) && at + 1 < text.text.size() && (text.before[at + 1] & line_end) != 0;
}

}  // namespace

std::vector<OrderFault> order(const Expected& expected, const Located& located, const Stream& text, std::size_t columns) {
  std::vector<OrderFault> faults;
  if (!expected.fields.empty() && expected.fields[0].role == Role::name && !located.places[0].empty() && located.places[0][0].begin != 0) {
    faults.push_back({Kind::name_not_first, 0});
  }
  const auto all = stretches(expected, located);
  std::map<std::size_t, const Stretch*> main;
  for (const auto& stretch : all) {
    auto& best = main[stretch.entry];
    if (best == nullptr || stretch.size > best->size) best = &stretch;
  }
  std::vector<std::size_t> entries;
  std::set<std::size_t> torn;  // of which the order says no more
  for (const auto& stretch : all) {
    if (main[stretch.entry] == &stretch) {
      entries.push_back(stretch.entry);
    } else {
      faults.push_back({Kind::apart, stretch.fields.front()});
      torn.insert(stretch.entry);
    }
  }
  sections(expected, entries, columns, torn, faults);
  const auto marks = bullets(expected, located, text);
  faults.insert(faults.end(), marks.begin(), marks.end());
  return faults;
}

std::vector<OrderFault> bullets(const Expected& expected, const Located& located, const Stream& text) {
  std::vector<OrderFault> faults;
  std::map<std::size_t, std::size_t> last;  // by entry
  for (std::size_t i = 0; i < expected.fields.size(); ++i) {
    const auto& field = expected.fields[i];
    if (field.role != Role::bullet || located.places[i].empty()) continue;
    const auto begin = located.places[i][0].begin;
    if (begin < last[field.entry]) faults.push_back({Kind::bullet_order, i});
    last[field.entry] = std::max(last[field.entry], begin);
    if (begin == 0 || letter_a_line(text, begin)) continue;
    const bool new_line = (text.before[begin] & line_end) != 0;
    if (is_bullet(text.text[begin - 1]) == new_line) faults.push_back({Kind::bullet_mark, i});
  }
  return faults;
}

}  // namespace cvgen::proof
