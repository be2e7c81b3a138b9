#include "write/latex/document.hpp"

#include <algorithm>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include "write/latex/body.hpp"

namespace cvgen::latex {
namespace {

// Fills the frame's <<placeholders>> and keeps track of which line came from where.
class Frame {
 public:
  Frame(const model::Template& look, const model::ResolvedSettings& settings) : look_(look), settings_(settings) {}

  void block(std::string_view name, const Lines& lines) { blocks_.emplace_back(name, &lines); }
  // A line of the frame that prints something of the CV.
  void prints(std::string_view line, diag::Span span) { printing_.emplace_back(line, span); }
  void source(std::string_view name, const Tex& tex) { sources_.emplace_back(name, tex.source()); }
  // Lines to come before one of the frame's.
  void before(std::string_view line, const std::string& source) { before_ = {std::string(line), source}; }

  Document fill() {
    std::vector<bool> shown = {true};  // by each <<if>> around
    for (const auto& [text, span] : look_.frame) {
      if (text.starts_with("<<if ")) shown.push_back(holds(std::string_view(text).substr(5, text.size() - 7)));
      else if ((text == "<<else>>" || text == "<<end>>") && shown.size() == 1) throw std::logic_error("template: without its <<if>>: " + std::string(text));
      else if (text == "<<else>>") shown.back() = !shown.back();
      else if (text == "<<end>>") shown.pop_back();
      else if (std::find(shown.begin(), shown.end(), false) == shown.end()) line(text, span);
    }
    return std::move(document_);
  }

 private:
  void emit(std::string_view text, diag::Span span) {
    // TeX reads lines of 200,000 bytes at most; in text a line break is as good as a blank.
    constexpr std::size_t longest_line = 50'000;
    while (text.size() > longest_line) {
      const auto blank = text.rfind(' ', longest_line);
      if (blank == std::string_view::npos || text.find_first_not_of(' ') > blank) break;
      emit_line(text.substr(0, blank), span);
      text.remove_prefix(blank + 1);
    }
    emit_line(text, span);
  }

  void emit_line(std::string_view text, diag::Span span) {
    document_.text += text;
    document_.text += '\n';
    document_.line_spans.push_back(span);
  }

  // "style=classic casual": is the setting one of these?
  bool holds(std::string_view condition) const {
    const auto equals = condition.find('=');
    const auto setting = settings_.find(condition.substr(0, equals));
    if (equals == std::string_view::npos || setting == settings_.end()) throw std::logic_error("template: unknown condition: " + std::string(condition));
    const auto* rule = look_.setting(setting->first);
    const auto is = [&](const std::string& name) {
      if (rule == nullptr) return name == setting->second;
      return std::any_of(rule->values.begin(), rule->values.end(), [&](const model::SettingValue& v) { return v.name.value == name && v.tex == setting->second; });
    };
    std::istringstream names{std::string(condition.substr(equals + 1))};
    return std::any_of(std::istream_iterator<std::string>(names), {}, is);
  }

  void line(std::string_view text, diag::Span span) {
    for (const auto& [name, lines] : blocks_) {
      if (text != "<<" + name + ">>") continue;
      for (const auto& l : lines->all()) emit(l.text, l.span);
      return;
    }
    for (const auto& [name, source] : sources_) {
      if (text != "<<" + name + ">>") continue;
      block_of(source);
      return;
    }
    if (text == "<<document>>") {
      document_.preamble_size = document_.text.size();
      return;
    }
    if (!before_.second.empty() && text == before_.first) block_of(before_.second);
    if (text.empty() && document_.text.ends_with("\n\n")) return;  // around what an <<if>> has left out
    const auto filled = with_settings(text);
    // A setting that is off leaves no empty line behind.
    if (filled.empty() && !text.empty()) return;
    const auto printing = std::find_if(printing_.begin(), printing_.end(), [&](const auto& p) { return p.first == filled; });
    emit(filled, printing == printing_.end() ? span : printing->second);
  }

  void block_of(std::string_view rest) {
    for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
      emit(rest.substr(0, end), {});
      rest.remove_prefix(end + 1);
    }
  }

  std::string with_settings(std::string_view text) const {
    std::string result;
    for (auto open = text.find("<<"); open != std::string_view::npos; open = text.find("<<")) {
      const auto close = text.find(">>", open);
      const auto setting = settings_.find(text.substr(open + 2, close - open - 2));
      if (close == std::string_view::npos || setting == settings_.end()) throw std::logic_error("template: unknown placeholder in: " + std::string(text));
      result += text.substr(0, open);
      result += setting->second;
      text.remove_prefix(close + 2);
    }
    return result += text;
  }

  const model::Template& look_;
  const model::ResolvedSettings& settings_;
  std::vector<std::pair<std::string, const Lines*>> blocks_;
  std::vector<std::pair<std::string, std::string>> sources_;
  std::vector<std::pair<std::string, diag::Span>> printing_;
  std::pair<std::string, std::string> before_;
  Document document_;
};

}  // namespace

bool in_side(const model::Section& section, const model::Template& look, const model::ResolvedSettings& settings) {
  const auto kinds = settings.find("side");
  const bool has_side = kinds != settings.end() && std::any_of(look.frame.begin(), look.frame.end(), [](const model::FrameLine& l) { return l.text == "<<side>>"; });
  return has_side && (" " + kinds->second + " ").find(" " + section.kind + " ") != std::string::npos;
}

Wanted wanted_fonts(const model::Cv& cv, const model::ResolvedSettings& settings) {
  const Fonts none;
  Escaper escaper(none, cv.language);
  (void)head(cv, {}, settings, escaper);
  std::vector<const model::Section*> sections;
  for (const auto& section : cv.sections) sections.push_back(&section);
  if (cv.letter) (void)letter(cv, escaper);
  else (void)body(cv, sections, escaper, nullptr, true);
  return escaper.wanted();
}

Document document(const model::Cv& cv, const model::Template& look, const model::ResolvedSettings& settings, const std::string& photo_name,
                  const Fonts* fonts, const Marks* marks) {
  auto escaper = fonts == nullptr ? Escaper() : Escaper(*fonts, cv.language);
  const auto head_lines = head(cv, photo_name, settings, escaper);
  const auto metadata_lines = metadata(cv, look, settings);
  std::vector<const model::Section*> beside, main;
  for (const auto& section : cv.sections) (in_side(section, look, settings) ? beside : main).push_back(&section);
  const auto side_lines = body(cv, beside, escaper, marks, false);
  const auto body_lines = cv.letter ? letter(cv, escaper) : body(cv, main, escaper, marks, true);
  auto values = settings;
  values.emplace("engine", fonts == nullptr ? "pdflatex" : "lualatex");
  Frame frame(look, values);
  frame.block("head", head_lines);
  frame.block("metadata", metadata_lines);
  frame.block("side", side_lines);
  frame.block("body", body_lines);
  if (marks != nullptr) frame.before("\\begin{document}", marks->preamble);
  frame.source("requirements", (fonts == nullptr ? Tex() : font_declarations(*fonts, cv.language)) + escaper.requirements());
  frame.source("characters", escaper.definitions());
  frame.prints("\\makecvtitle", cv.person.span);
  return frame.fill();
}

Document document(const Lines& head, const Lines& body, const model::Template& look, const model::ResolvedSettings& settings) {
  const Lines none;
  const Tex nothing;
  auto values = settings;
  values.emplace("engine", "pdflatex");
  Frame frame(look, values);
  frame.block("head", head);
  frame.block("metadata", none);
  frame.block("side", body);
  frame.block("body", body);
  frame.source("requirements", nothing);
  frame.source("characters", nothing);
  return frame.fill();
}

}  // namespace cvgen::latex
