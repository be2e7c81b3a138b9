#include "typeset/glyphs.hpp"

#include "text/cut.hpp"
#include "typeset/flate.hpp"

namespace cvgen::typeset {
namespace {

// Of what such a stream holds: pdfTeX puts a hundred objects into one.
constexpr std::size_t largest_stream = 16U << 20U;

// "/CharSet(/A/B/quoteright)", with or without a blank.
void add_names(std::string_view text, std::set<std::string>& names) {
  constexpr std::string_view entry = "/CharSet";
  for (auto at = text.find(entry); at != std::string_view::npos; at = text.find(entry, at + 1)) {
    auto list = text.substr(at + entry.size());
    if (list.starts_with(' ')) list.remove_prefix(1);
    if (!list.starts_with("(/")) continue;
    list = list.substr(2, list.find(')') - 2);
    while (!list.empty()) names.emplace(text::cut(list, '/'));
  }
}

}  // namespace

std::set<std::string> glyphs_in(std::string_view pdf) {
  constexpr std::string_view mark = "/ObjStm", begin = "stream\n", end = "\nendstream";
  std::set<std::string> names;
  add_names(pdf, names);
  for (auto at = pdf.find(mark); at != std::string_view::npos; at = pdf.find(mark, at + 1)) {
    const auto from = pdf.find(begin, at);
    const auto to = pdf.find(end, from);
    if (to == std::string_view::npos) break;
    add_names(inflated(pdf.substr(from + begin.size(), to - from - begin.size()), largest_stream).value_or(""), names);
  }
  return names;
}

bool lacks_glyphs(std::string_view log) {
  constexpr std::string_view before = "): glyph `", after = "' undefined\n";
  for (auto at = log.find(before); at != std::string_view::npos; at = log.find(before, at + 1)) {
    const auto line = log.substr(at, log.find('\n', at) - at + 1);
    if (line.ends_with(after)) return true;
  }
  return false;
}

}  // namespace cvgen::typeset
