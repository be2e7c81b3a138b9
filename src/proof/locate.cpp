#include "proof/locate.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <unordered_map>

#include "text/unicode.hpp"

namespace cvgen::proof {
namespace {

// Candidates for one field, to either side of where it is looked for.
constexpr std::ptrdiff_t most_candidates = 4096;
// Places as near as this are equally near; the first of them is taken.
constexpr std::size_t near_enough = 3;
constexpr std::size_t far_away = 500;
constexpr std::size_t long_field = 3;  // words
constexpr std::size_t longest_aside = 40;

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> result;
  std::string word;
  text::for_each(text + " ", [&](char32_t c, std::size_t) {
    if (!is_blank(c) && c != static_cast<char32_t>(loose_seam)) text::append(word, c);
    else if (!word.empty()) result.push_back(std::exchange(word, {}));
  });
  return result;
}

// What follows it is something else: without a blank it runs into it.
bool closes(char32_t c) { return std::u32string_view(U")]},;”»").find(c) != std::u32string_view::npos; }

Stream part_of(const Stream& word, std::size_t begin, std::size_t size) {
  const auto gaps = word.before.begin() + static_cast<std::ptrdiff_t>(begin);
  return {word.text.substr(begin, size), word.written.substr(begin, size), {gaps, gaps + static_cast<std::ptrdiff_t>(size) + 1}};
}

// From right to left any sign may be read at the other end of its word.
Stream without_punctuation(const Stream& word, bool right_to_left) {
  const auto inner = [&](char32_t c) { return right_to_left ? is_word(c) : std::u32string_view(U".,;:!?()[]{}“”„«»").find(c) == std::u32string_view::npos; };
  const auto first = std::find_if(word.text.begin(), word.text.end(), inner);
  if (first == word.text.end()) return {};
  const auto begin = static_cast<std::size_t>(first - word.text.begin());
  const auto size = static_cast<std::size_t>(std::find_if(word.text.rbegin(), word.text.rend(), inner).base() - first);
  return part_of(word, begin, size);
}

class Locator {
 public:
  Locator(const Expected& expected, const Stream& text) : expected_(expected), text_(text), used_(text.text.size(), false), result_{std::vector<std::vector<Range>>(expected.fields.size()), {}, 0} {
    for (std::size_t i = 0; i < text.text.size(); ++i) index_[text.text[i]].push_back(i);
  }

  Located run() {
    std::vector<std::vector<Range>> entries(expected_.entries.size());
    if (!entries.empty()) entries[0].push_back({0, 0});
    whole(true, false, entries);
    in_two(entries);
    whole(false, false, entries);
    // What is far from its entry waits until it is nobody else's.
    whole(true, true, entries);
    whole(false, true, entries);
    Range cursor;
    for (std::size_t i = 0; i < expected_.fields.size(); ++i) {
      const auto& field = expected_.fields[i];
      const auto words = words_of(field.text);
      result_.words += words.size();
      auto& places = result_.places[i];
      if (places.empty()) by_words(i, words, entries[field.entry].empty() ? std::vector{cursor} : entries[field.entry]);
      if (!places.empty()) cursor = places.back();
    }
    return std::move(result_);
  }

 private:
  // The fields that stand in one piece.
  void whole(bool long_ones, bool far, std::vector<std::vector<Range>>& entries) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < expected_.fields.size(); ++i) {
      if (result_.places[i].empty() && (words_of(expected_.fields[i].text).size() >= long_field) == long_ones) order.push_back(i);
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      const auto &left = expected_.fields[a], &right = expected_.fields[b];
      return std::pair(left.entry, right.text.size()) < std::pair(right.entry, left.text.size());
    });
    Range cursor;
    std::size_t last = 0;
    for (const auto i : order) {
      const auto entry = expected_.fields[i].entry;
      if (entry != last && last != 0 && !entries[last].empty()) cursor = std::max(cursor, *std::max_element(entries[last].begin(), entries[last].end()));
      last = entry;
      const auto wanted = stream(expected_.fields[i].text);
      const bool anchored = !entries[entry].empty();
      if (wanted.text.empty()) continue;
      const auto found = nearest(wanted, anchored ? entries[entry] : std::vector{cursor}, !anchored, true);
      if (found && (far || !anchored || entry == 0 || apart(*found, entries[entry]) < far_away)) {
        take(i, *found);
        entries[entry].push_back(*found);
      }
    }
  }

  // Long fields that go on below a date or a place at the right edge.
  void in_two(std::vector<std::vector<Range>>& entries) {
    for (std::size_t i = 0; i < expected_.fields.size(); ++i) {
      const auto words = words_of(expected_.fields[i].text);
      auto& places = entries[expected_.fields[i].entry];
      if (!result_.places[i].empty() || words.size() < long_field || places.empty()) continue;
      std::optional<std::pair<Range, Range>> best;
      auto least = far_away;
      for (std::size_t first = 1; first < words.size(); ++first) {
        const auto found = nearest(stream(joined(words, 0, first)), places, false, true);
        if (!found) continue;
        const auto rest = nearest(stream(joined(words, first, words.size())), {*found}, true, true);
        if (!rest || rest->begin < found->end || rest->begin - found->end > longest_aside) continue;
        const auto distance = apart(*found, places) + rest->begin - found->end;
        if (distance < least) best = {*found, *rest}, least = distance;
      }
      if (!best) continue;
      for (const auto& range : {best->first, best->second}) take(i, range), places.push_back(range);
    }
  }

  static std::string joined(const std::vector<std::string>& words, std::size_t first, std::size_t last) {
    std::string result;
    for (auto i = first; i < last; ++i) result += (result.empty() ? "" : " ") + words[i];
    return result;
  }

  // Of something that other text parts, or of which something is broken, word by word.
  void by_words(std::size_t field, const std::vector<std::string>& words, std::vector<Range> near) {
    // What is written from left to right in a line from right to left is read before what precedes it.
    const bool in_order = !is_right_to_left(field);
    for (const auto& word : words) {
      const auto wanted = stream(word);
      if (wanted.text.empty()) continue;
      auto found = nearest(wanted, near, in_order && !result_.places[field].empty(), true);
      // The word with its punctuation may have served a field without.
      const auto bare = without_punctuation(wanted, !in_order);
      if (!found && !bare.text.empty()) found = nearest(bare, near, false, true);
      if (!found && in_pieces(field, wanted, near)) continue;
      if (!found) {
        found = nearest(wanted, near, false, false);
        if (!found) {
          result_.faults.push_back({field, word, true, {}, {}});
          continue;
        }
        const auto bad = worst_seam(wanted, found->begin);
        result_.faults.push_back({field, word, false, bad == Seam::sound ? Seam::joined : bad, *found});
      }
      take(field, *found);
      near = {*found};
    }
  }

  // What is written without blanks goes on in another line anywhere, beside which another column may be read.
  bool in_pieces(std::size_t field, const Stream& word, std::vector<Range>& near) {
    constexpr std::size_t least = 2;  // characters, but for the last piece
    if (std::none_of(word.text.begin(), word.text.end(), is_wide)) return false;
    std::vector<Range> pieces;
    auto from = near;
    for (std::size_t begin = 0; begin < word.text.size();) {
      std::optional<Range> found;
      const auto rest = word.text.size() - begin;
      for (auto size = rest; !found && size >= std::min(least, rest) && size > 0; --size) found = nearest(part_of(word, begin, size), from, true, true);
      if (!found || (!pieces.empty() && found->begin < pieces.back().end)) return false;
      begin += found->end - found->begin;
      pieces.push_back(*found);
      from = {*found};
    }
    for (const auto& piece : pieces) take(field, piece);
    near = {pieces.back()};
    return true;
  }

  bool is_right_to_left(std::size_t field) const {
    bool result = expected_.right_to_left;
    text::for_each(expected_.fields[field].text, [&](char32_t c, std::size_t) { result = result || text::is_right_to_left(c); });
    return result;
  }

  void take(std::size_t field, Range range) {
    for (auto i = range.begin; i < range.end; ++i) used_[i] = true;
    result_.places[field].push_back(range);
  }

  std::optional<Range> nearest(const Stream& wanted, const std::vector<Range>& near, bool forward, bool sound) const {
    // By the rarest of its characters.
    const std::vector<std::size_t>* positions = nullptr;
    std::size_t offset = 0;
    for (std::size_t i = 0; i < wanted.text.size(); ++i) {
      const auto found = index_.find(wanted.text[i]);
      if (found == index_.end()) return std::nullopt;
      if (positions == nullptr || found->second.size() < positions->size()) positions = &found->second, offset = i;
    }
    const auto middle = std::lower_bound(positions->begin(), positions->end(), near.back().end + offset);
    const auto first = middle - std::min(most_candidates, middle - positions->begin());
    const auto last = middle + std::min(most_candidates, positions->end() - middle);
    std::optional<Range> best;
    std::pair<std::size_t, std::size_t> least;
    for (auto at = first; at != last; ++at) {
      if (*at < offset) continue;
      const Range range{*at - offset, *at - offset + wanted.text.size()};
      if (!fits(wanted, range, sound)) continue;
      const auto distance = forward ? ahead(range, near.back().end) : std::pair(apart(range, near) / near_enough, range.begin);
      if (!best || distance < least) best = range, least = distance;
    }
    return best;
  }

  static std::pair<std::size_t, std::size_t> ahead(Range range, std::size_t from) {
    return range.begin >= from ? std::pair<std::size_t, std::size_t>(0, range.begin - from) : std::pair<std::size_t, std::size_t>(1, from - range.begin);
  }

  static std::size_t apart(Range range, const std::vector<Range>& near) {
    std::size_t result = SIZE_MAX;
    for (const auto& one : near) {
      const auto distance = range.begin >= one.end ? range.begin - one.end : one.begin >= range.end ? one.begin - range.end : 0;
      result = std::min(result, distance);
    }
    return result;
  }

  bool fits(const Stream& wanted, Range range, bool sound) const {
    if (range.end > text_.text.size() || text_.text.compare(range.begin, wanted.text.size(), wanted.text) != 0) return false;
    if (std::any_of(used_.begin() + static_cast<std::ptrdiff_t>(range.begin), used_.begin() + static_cast<std::ptrdiff_t>(range.end), [](bool used) { return used; })) return false;
    return !sound || (is_bounded(range) && worst_seam(wanted, range.begin) == Seam::sound);
  }

  // Whether it begins and ends where words do.
  bool is_bounded(Range range) const {
    const auto& t = text_.text;
    const auto free = [&](std::size_t i) { return i == 0 || i == t.size() || text_.before[i] != 0 || is_wide(t[i]) || is_wide(t[i - 1]) || turns(t[i - 1], t[i]); };
    const bool left = free(range.begin) || !is_word(t[range.begin]) || (!is_word(t[range.begin - 1]) && (expected_.right_to_left || !closes(t[range.begin - 1])));
    const bool right = free(range.end) || !is_word(t[range.end]) || !is_word(t[range.end - 1]);
    return left && right;
  }

  Seam worst_seam(const Stream& wanted, std::size_t begin) const {
    auto worst = Seam::sound;
    for (std::size_t i = 1; i < wanted.text.size(); ++i) {
      worst = std::max(worst, judge(wanted.before[i], text_.before[begin + i], text_.text[begin + i - 1], text_.text[begin + i]));
    }
    return worst;
  }

  const Expected& expected_;
  const Stream& text_;
  std::unordered_map<char32_t, std::vector<std::size_t>> index_;
  std::vector<bool> used_;
  Located result_;
};

}  // namespace

Located locate(const Expected& expected, const Stream& text) { return Locator(expected, text).run(); }

}  // namespace cvgen::proof
