#include <fmt/format.h>

#include <algorithm>

#include "check/rules.hpp"
#include "model/visit.hpp"
#include "text/unicode.hpp"

namespace cvgen::check {
namespace {

using diag::Code;
using diag::Span;

// Far more than a CV has, and less than TeX has room for in a line, which is broken only at blanks, and in a paragraph.
constexpr std::size_t longest_word = 2'000;
constexpr std::size_t longest_text = 50'000;

void complain(Span span, std::string message, std::size_t most, const char* advice, diag::Sink& sink) {
  sink.add(diag::at(span, Code::E0315, std::move(message)).label(fmt::format("{} at most", most)).helps(advice));
}

// Whether they are few enough.
bool marks(std::string_view text, Span span, diag::Sink& sink) {
  if (text::find_too_many_marks(text) == std::string_view::npos) return true;
  sink.add(diag::at(span, Code::E0310, fmt::format("more than {} accents on one letter can't be printed", text::most_marks)).helps("leave only those that are meant"));
  return false;
}

void length(const model::Text& text, diag::Sink& sink) {
  std::size_t bytes = 0;
  for (const auto& run : text.runs) bytes += run.text.size();
  if (bytes <= longest_word) return;
  std::size_t all = 0, word = 0, longest = 0;
  Span place;  // of the longest word
  for (const auto& run : text.runs) {
    if (run.line_break) word = 0;
    text::for_each(run.text, [&](char32_t c, std::size_t) {
      ++all;
      word = c == ' ' ? 0 : word + 1;
      if (word <= longest) return;
      longest = word;
      place = run.span;
    });
  }
  if (longest > longest_word) complain(place, fmt::format("{} characters without a blank", longest), longest_word, "write blanks between the words", sink);
  else if (all > longest_text) complain(text.runs.front().span, fmt::format("a text of {} characters", all), longest_text, "split it into paragraphs, bullets or entries", sink);
}

}  // namespace

void lengths(const model::Cv& cv, diag::Sink& sink) {
  model::Visitor visitor;
  visitor.value = [&](const model::Located& value) {
    if (marks(value.value, value.span, sink) && value.value.size() > longest_word) length({{{value.value, 0, "", {}, value.span}}, value.span}, sink);
  };
  visitor.text = [&](const model::Text& text) {
    if (std::all_of(text.runs.begin(), text.runs.end(), [&](const model::Run& run) { return marks(run.text, run.span, sink); })) length(text, sink);
  };
  model::visit(cv, visitor);
}

}  // namespace cvgen::check
