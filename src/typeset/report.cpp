#include "typeset/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "text/unicode.hpp"
#include "typeset/packages.hpp"
#include "typeset/plain_words.hpp"

namespace cvgen::typeset {
namespace {

using diag::Code;
using diag::Diagnostic;

Diagnostic place(std::optional<diag::Span> span, Code code, std::string message) {
  return span ? diag::at(*span, code, std::move(message)) : diag::nowhere(code, std::move(message));
}

bool is_in_document(const TexError& error) {
  return error.file.empty() || error.file == Document::file || error.file == fmt::format("./{}", Document::file);
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    std::size_t length = 0;
    while (length < text.size() && is_word(text[length])) ++length;
    if (length >= 3) words.push_back(text.substr(0, length));
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return words;
}

// TeX's own lengths mean little to most: 1 pt of TeX is 1/72.27 inch.
std::string length_in_words(double points) {
  return fmt::format("{:.1f} pt ({:.1f} mm)", points, points * 25.4 / 72.27);
}

std::string kind_of_file(std::string_view name) {
  if (name.ends_with(".cls")) return "the LaTeX class";
  if (name.ends_with(".sty") || name.ends_with(".ldf")) return "the LaTeX package";
  if (name.ends_with(".fd") || name.ends_with(".tfm") || name.ends_with(".pfb") || name.ends_with(".enc")) {
    return "the font file";
  }
  return "the file";
}

Diagnostic missing(const TexError& error, const Document& document) {
  const std::string name = printable(error.subject);
  const auto span = is_in_document(error) ? document.span(error.line) : std::nullopt;
  if (error.kind == TexError::Kind::missing_font) {
    return place(span, Code::E0702, fmt::format("the font `{}` is not installed", name)).helps(cure_for(error.subject));
  }
  for (const std::string_view ending : {".jpg", ".jpeg", ".png", ".pdf", ".eps", ".svg"}) {
    if (error.subject.ends_with(ending))
      return place(span, Code::E0702, fmt::format("the picture `{}` is not there", name));
  }
  auto result = place(span, Code::E0702, fmt::format("{} `{}` is not installed", kind_of_file(error.subject), name))
                    .helps(cure_for(error.subject));
  if (!is_in_document(error)) result.notes.push_back(fmt::format("`{}` asks for it", printable(error.file)));
  return result;
}

}  // namespace

Document::Document(std::string_view tex, const std::vector<diag::Span>* spans) : spans_(spans) {
  while (!tex.empty()) {
    const auto end = tex.find('\n');
    lines_.push_back(tex.substr(0, end));
    tex.remove_prefix(end == std::string_view::npos ? tex.size() : end + 1);
  }
}

std::string_view Document::line(int number) const {
  if (number < 1 || static_cast<std::size_t>(number) > lines_.size()) return {};
  return lines_[static_cast<std::size_t>(number) - 1];
}

int Document::line_with(std::string_view command, int number) const {
  const auto has = [&](std::string_view text) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '@'; };
    for (auto at = text.find(command); at != std::string_view::npos; at = text.find(command, at + 1)) {
      if (at + command.size() == text.size() || !is_letter(text[at + command.size()])) return true;
    }
    return false;
  };
  if (command.empty() || has(line(number))) return number;
  const auto found = std::find_if(lines_.begin(), lines_.end(), has);
  return found == lines_.end() ? number : static_cast<int>(found - lines_.begin()) + 1;
}

std::optional<diag::Span> Document::span(int number) const {
  if (spans_ == nullptr || number < 1 || static_cast<std::size_t>(number) > spans_->size()) return std::nullopt;
  const auto& span = (*spans_)[static_cast<std::size_t>(number) - 1];
  return span == diag::Span{} ? std::nullopt : std::optional(span);
}

std::optional<diag::Span> Document::span_of_text(int first, int last, std::string_view text) const {
  std::optional<diag::Span> best;
  std::ptrdiff_t most = -1;
  const auto words = words_of(text);
  last = std::min(last, static_cast<int>(lines_.size()));
  for (int number = std::max(first, 1); number <= last; ++number) {
    const auto here = span(number);
    if (!here) continue;
    const auto count = std::count_if(words.begin(), words.end(), [&](std::string_view word) {
      return line(number).find(word) != std::string_view::npos;
    });
    if (count > most) std::tie(best, most) = std::tuple(here, count);
  }
  return best;
}

std::string printable(std::string_view bytes, std::size_t limit) {
  std::string result;
  while (!bytes.empty() && result.size() < limit) {
    const auto decoded = text::decode(bytes);
    if (!decoded) {
      result += "\xEF\xBF\xBD";
    } else if (decoded->code_point < 0x20 || decoded->code_point == 0x7F) {
      result += ' ';
    } else {
      result += bytes.substr(0, decoded->length);
    }
    bytes.remove_prefix(decoded ? decoded->length : 1);
  }
  if (!bytes.empty()) result += "...";
  return result;
}

Diagnostic report_error(const TexError& error, const Document& document) {
  using Kind = TexError::Kind;
  if (error.kind == Kind::missing_file || error.kind == Kind::missing_font) return missing(error, document);
  const bool ours = is_in_document(error);
  auto span = ours ? document.span(error.line) : std::nullopt;
  // A command that nobody defines is best mended where it is written, which may be in the template.
  const auto written = ours && error.kind == Kind::unknown_command ? document.line_with(error.subject, error.line) : error.line;
  const bool in_template = written != error.line && document.span(written);
  if (in_template) {
    span = document.span(written);
    const auto at = document.line(written).find(error.subject);
    // Nothing was filled in before it.
    if (span->end - span->begin == document.line(written).size()) span = diag::Span{span->file, span->begin + static_cast<std::uint32_t>(at), span->begin + static_cast<std::uint32_t>(at + error.subject.size())};
  }
  auto result = error.kind == Kind::capacity
                    ? place(span, Code::E0706, fmt::format("TeX ran out of room: {}", printable(error.subject)))
                          .helps("shorten the document, or split it into variants")
                    : place(span, Code::E0703, plain_words(error));
  if (in_template) result.primary->text = "used here";
  else if (span) result.primary->text = "TeX stopped in what was made of this";
  result.notes.push_back(fmt::format("TeX said: {}", printable(error.message)));
  const auto line = ours ? document.line(error.line) : std::string_view{};
  const auto shown = line.empty() ? std::string_view(error.context) : line;
  if (!shown.empty()) {
    const auto where = error.line == 0
                           ? std::string("it stopped at")
                           : fmt::format("line {} of {}", error.line, ours ? Document::file : printable(error.file));
    result.notes.push_back(fmt::format("{}: `{}`", where, printable(shown)));
  }
  return result;
}

void report_overfull(const Log& log, const Document& document, diag::Sink& sink) {
  // Macros may set the same text twice, to measure it first; one item may overflow on several lines.
  std::map<std::optional<diag::Span>, double> worst;
  for (const auto& line : log.overfull) {
    if (line.points <= 1.0) continue;  // can't be seen
    auto& points = worst[document.span_of_text(line.first, line.last, line.text)];
    points = std::max(points, line.points);
  }
  for (const auto& [span, points] : worst) {
    auto warning = place(span, Code::W0701, fmt::format("a line is {} too wide", length_in_words(points)));
    if (span) warning.primary->text = "sticks out of its column";
    sink.add(std::move(warning).helps("shorten it, or split a long word or address where it may break"));
  }
}

void report_missing_characters(const Log& log, const std::vector<TexError>& located, const Document& document,
                               diag::Sink& sink) {
  struct Gap {
    std::optional<diag::Span> span;
    std::string character;
    std::string font;
    auto operator<=>(const Gap&) const = default;
  };
  std::set<Gap> gaps;
  std::set<std::pair<std::string, std::string>> placed;
  for (const auto& error : located) {
    // "Missing character: There is no x ("78) in font cmr10."
    const auto found = read_log(error.message + "\n").missing_characters;
    if (error.kind != TexError::Kind::missing_character || found.empty()) continue;
    const auto span = is_in_document(error) ? document.span(error.line) : std::nullopt;
    if (!span) continue;
    gaps.insert({span, found.front().character, found.front().font});
    placed.emplace(found.front().character, found.front().font);
  }
  for (const auto& one : log.missing_characters) {
    if (!placed.contains({one.character, one.font})) gaps.insert({std::nullopt, one.character, one.font});
  }
  for (const auto& [span, character, font] : gaps) {
    const bool ascii = character.size() == 1 && character.front() > ' ' && character.front() < 0x7F;
    const auto what = ascii ? fmt::format("`{}`", character)
                      : character.size() == 1
                          ? fmt::format("character number {}", static_cast<unsigned char>(character.front()))
                          : fmt::format("`{}`", printable(character));
    auto warning = place(span, Code::W0702, fmt::format("the font `{}` lacks {}", printable(font), what));
    if (span) warning.primary->text = "leaves a gap on the page";
    sink.add(std::move(warning).helps("write it differently, or choose a font that has it"));
  }
}

}  // namespace cvgen::typeset
