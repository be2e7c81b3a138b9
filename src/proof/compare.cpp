#include "proof/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "proof/order.hpp"
#include "text/unicode.hpp"

namespace cvgen::proof {
namespace {

using diag::Code;

std::string shortened(std::string text) {
  constexpr std::size_t longest = 60;
  std::erase(text, loose_seam);
  if (text.size() <= longest) return text;
  auto end = text.rfind(' ', longest);
  if (end == std::string::npos || end == 0) end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + " ...";
}

// Collects what the readings show, each fault once.
class Findings {
 public:
  void add(std::size_t reading, diag::Diagnostic diagnostic) {
    const auto span = diagnostic.primary ? diagnostic.primary->span : diag::Span{};
    const auto [found, fresh] = known_.try_emplace({diagnostic.code, span, diagnostic.primary ? std::string() : diagnostic.message}, list_.size());
    if (fresh) list_.push_back({std::move(diagnostic), {}});
    list_[found->second].readings.insert(reading);
  }

  void report(std::span<const Reading> readings, diag::Sink& sink) {
    for (auto& [diagnostic, seen] : list_) {
      if (seen.size() < readings.size()) {
        std::string names;
        for (const auto i : seen) names += fmt::format("{}`{}`", names.empty() ? "" : ", ", readings[i].name);
        diagnostic.notes.push_back("read so by " + names);
      }
      sink.add(std::move(diagnostic));
    }
  }

 private:
  struct Finding {
    diag::Diagnostic diagnostic;
    std::set<std::size_t> readings;
  };
  std::map<std::tuple<Code, diag::Span, std::string>, std::size_t> known_;
  std::vector<Finding> list_;
};

class Reader {
 public:
  Reader(const Expected& expected, const Reading& reading, std::size_t number, const Options& options, const diag::Sources& sources, Findings& findings)
      : expected_(expected), reading_(reading), number_(number), options_(options), sources_(sources), findings_(findings), text_(stream(reading.text)), located_(locate(expected, text_)) {}

  std::size_t words() const { return located_.words; }
  std::size_t lost() const {
    return static_cast<std::size_t>(std::count_if(located_.faults.begin(), located_.faults.end(), [](const WordFault& f) { return f.lost; }));
  }

  std::size_t run() {
    if (options_.may_leave_out) find_left_out();
    words_lost();
    words_broken();
    if (reading_.across) order_faults(bullets(expected_, located_, text_));
    else order_faults(order(expected_, located_, text_, columns()));
    return left_out_.size();
  }

 private:
  // A page may have a second column, to which the text goes and from which it comes back.
  std::size_t columns() const { return 2 * static_cast<std::size_t>(std::max<std::ptrdiff_t>(1, std::count(reading_.text.begin(), reading_.text.end(), '\f'))); }

  void add(diag::Diagnostic diagnostic) { findings_.add(number_, std::move(diagnostic)); }

  // An entry or a point of which most is not there. An entry is told by its first field that is more than a date.
  void find_left_out() {
    std::map<std::size_t, std::size_t> lost;
    for (const auto& fault : located_.faults) lost[fault.field] += fault.lost ? 1 : 0;
    std::set<std::size_t> gone;  // entries
    std::map<std::size_t, std::pair<std::size_t, std::size_t>> sums;
    for (std::size_t i = 0; i < expected_.fields.size(); ++i) {
      const auto count = static_cast<std::size_t>(std::count(expected_.fields[i].text.begin(), expected_.fields[i].text.end(), ' ')) + 1;
      const bool missing = 2 * lost[i] > count;
      if (expected_.fields[i].role == Role::bullet && missing) left_out_.insert(i);
      auto& [all, away] = sums[expected_.fields[i].entry];
      all += count;
      away += missing ? count : 0;
    }
    for (const auto& [entry, sum] : sums) {
      if (entry != 0 && 2 * sum.second > sum.first) gone.insert(entry);
    }
    for (std::size_t i = 0; i < expected_.fields.size(); ++i) {
      if (gone.contains(expected_.fields[i].entry)) left_out_.insert(i);
    }
  }

  bool is_left_out(std::size_t field) const { return left_out_.contains(field); }

  // Where a word of a field stands in the file.
  diag::Span place(const Field& field, const std::string& word) const {
    for (const auto& [text, span] : field.pieces) {
      if (text.find(word) == std::string::npos) continue;
      const auto at = sources_.slice(span).find(word);
      if (at == std::string_view::npos) return span;
      const auto begin = span.begin + static_cast<std::uint32_t>(at);
      return {span.file, begin, begin + static_cast<std::uint32_t>(word.size())};
    }
    return field.span;
  }

  void words_lost() {
    std::map<std::size_t, std::vector<std::string>> lost;  // by field
    for (const auto& fault : located_.faults) {
      if (fault.lost && !is_left_out(fault.field)) lost[fault.field].push_back(fault.word);
    }
    for (const auto& [field, words] : lost) {
      std::string text;
      for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
      add(diag::at(place(expected_.fields[field], words.front()), Code::E0901,
                   words.size() == 1 ? fmt::format("`{}` is not in the text of {}", text, options_.pdf) : fmt::format("the words `{}` are not in the text of {}", shortened(text), options_.pdf))
              .label("lost")
              .helps("look at the page: what lies beyond its edge, is a picture, or is set in a font without names of characters can't be read"));
    }
  }

  void words_broken() {
    for (const auto& fault : located_.faults) {
      if (fault.lost || is_left_out(fault.field)) continue;
      constexpr std::string_view labels[] = {"", "run together", "with a blank in it", "hyphenated"};
      add(diag::at(place(expected_.fields[fault.field], fault.word), Code::E0902, fmt::format("`{}` is read as `{}` in {}", fault.word, as_read(fault.where), options_.pdf))
              .label(std::string(labels[static_cast<std::size_t>(fault.how)]))
              .helps("who searches for the word does not find it; cvgen's own templates hyphenate nothing and set blanks between things"));
    }
  }

  // The words of the text that a range is part of.
  std::string as_read(Range range) const {
    constexpr std::size_t widest = 20;
    const auto parted = [&](std::size_t i) { return (text_.before[i] & (blank | line_end)) != 0; };
    auto begin = range.begin, end = range.end;
    while (begin > 0 && !parted(begin) && range.begin - begin < widest) --begin;
    while (end < text_.text.size() && !parted(end) && end - range.end < widest) ++end;
    std::string result;
    for (auto i = begin; i < end; ++i) {
      if (i > begin && (text_.before[i] & hyphen) != 0) result += '-';
      if (i > begin && parted(i)) result += ' ';
      text::append(result, text_.written[i]);
    }
    return result;
  }

  void order_faults(const std::vector<OrderFault>& faults) {
    for (const auto& fault : faults) {
      if (is_left_out(fault.field)) continue;
      add(order_fault(fault));
    }
  }

  diag::Diagnostic order_fault(const OrderFault& fault) const {
    using Kind = OrderFault::Kind;
    const auto& field = expected_.fields[fault.field];
    const auto name = shortened(field.text);
    const auto span = field.pieces.empty() ? field.span : field.pieces.front().second;
    const auto& entry = expected_.entries[field.entry].name;
    const auto says = [&](Code code, std::string message, std::string help) { return diag::at(span, code, std::move(message)).helps(std::move(help)); };
    constexpr auto own_line = "cvgen's own templates set a point on the line of its mark";
    constexpr auto one_column = "a template of one column reads best; `cvgen list templates` shows them all";
    switch (fault.kind) {
      case Kind::name_not_first: return says(Code::W0902, fmt::format("the name is not the first thing that is read in {}", options_.pdf), one_column);
      case Kind::apart: return says(Code::W0901, name == shortened(entry) ? fmt::format("`{}` is read apart from the rest of its entry", name) : fmt::format("`{}` is read apart from its entry `{}`", name, shortened(entry)), one_column);
      case Kind::entry_order: return says(Code::W0902, fmt::format("`{}` is read out of order", shortened(entry)), one_column);
      case Kind::section_order: return says(Code::W0902, fmt::format("the section of `{}` is read out of order", shortened(entry)), one_column);
      case Kind::torn: return says(Code::W0902, fmt::format("a section is read in two pieces, the second from `{}`", shortened(entry)), one_column);
      case Kind::bullet_order: return says(Code::W0902, fmt::format("the point `{}` is read out of order", name), one_column);
      case Kind::bullet_mark: return says(Code::W0903, fmt::format("the point `{}` is not read on a line of its own with its mark", name), own_line);
    }
    return says(Code::W0902, {}, {});
  }

  const Expected& expected_;
  const Reading& reading_;
  std::size_t number_;
  const Options& options_;
  const diag::Sources& sources_;
  Findings& findings_;
  Stream text_;
  Located located_;
  std::set<std::size_t> left_out_;  // fields
};

void complain_of_characters(const Expected& expected, const Reading& reading, std::size_t number, const Options& options, Findings& findings) {
  std::set<char32_t> wanted;  // whoever writes a ligature means it
  for (const auto& field : expected.fields) text::for_each(field.text, [&](char32_t c, std::size_t) { wanted.insert(c); });
  std::map<char32_t, std::size_t> counts;
  text::for_each(reading.text, [&](char32_t c, std::size_t) {
    if (is_meaningless(c) && !wanted.contains(c)) ++counts[c];
  });
  if (counts.empty()) return;
  std::string list;
  std::size_t named = 0;
  for (const auto& [c, count] : counts) {
    if (++named > 5) break;
    list += fmt::format("{}{}{}", list.empty() ? "" : ", ", text::describe(c), count > 1 ? fmt::format(" ({} times)", count) : "");
  }
  findings.add(number, diag::nowhere(Code::W0904, fmt::format("{} has characters that mean nothing to a reader: {}{}", options.pdf, list, counts.size() > 5 ? ", ..." : ""))
                           .helps("icons and ligatures of some fonts are read so; cvgen's own templates keep them out of the text"));
}

}  // namespace

Tally compare(const model::Cv& cv, std::span<const Reading> readings, const Options& options, const diag::Sources& sources, diag::Sink& sink) {
  const auto wanted = expected(cv);
  Tally tally;
  tally.entries = wanted.entries.size() - 1;
  Findings findings;
  std::size_t hopeless = 0;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    Reader reader(wanted, readings[i], i, options, sources, findings);
    tally.words = reader.words();
    // Of something else altogether every word would be a fault.
    const bool another = 3 * reader.lost() > 2 * reader.words() && !options.may_leave_out;
    if (another && ++hopeless == readings.size()) {
      const bool empty = std::all_of(readings.begin(), readings.end(), [](const Reading& r) { return stream(r.text).text.empty(); });
      sink.add((empty ? diag::nowhere(Code::E0903, fmt::format("{} has no text", options.pdf)).helps("it may consist of pictures, as a scanned page does; parsers read nothing in it")
                      : diag::nowhere(Code::E0903, fmt::format("{} is hardly this CV: {} of its {} words are in it", options.pdf, reader.words() - reader.lost(), reader.words())).helps("check the two names, and the variant")));
      return tally;
    }
    tally.left_out = std::max(tally.left_out, reader.run());
    complain_of_characters(wanted, readings[i], i, options, findings);
  }
  findings.report(readings, sink);
  return tally;
}

}  // namespace cvgen::proof
