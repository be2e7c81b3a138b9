#include "read/text.hpp"

#include <algorithm>

#include "text/unicode.hpp"
#include "xml/characters.hpp"

namespace cvgen::read {
namespace {

using model::Run;

class TextReader {
 public:
  explicit TextReader(const model::Words& words) : words_(words) {}

  void visit(const xml::Element& element, std::uint8_t marks, const xml::Attribute* href) {
    for (const auto& node : element.children) {
      if (const auto* characters = std::get_if<xml::Text>(&node)) {
        append(characters->value, marks, href, characters->span);
      } else {
        inline_element(std::get<xml::Element>(node), marks, href);
      }
    }
  }

  std::vector<Run> finish() {
    // Blanks and line breaks at the edges mean nothing: there is no line to break.
    const auto begin = std::find_if(runs_.begin(), runs_.end(), [](const Run& run) { return !run.line_break; });
    runs_.erase(runs_.begin(), begin);
    while (!runs_.empty()) {
      trim_last();
      if (runs_.empty() || !runs_.back().line_break) break;
      runs_.pop_back();
    }
    for (auto& run : runs_) {
      if (text::ascii_prefix(run.text) < run.text.size()) run.text = text::nfc(run.text);
    }
    return std::move(runs_);
  }

 private:
  // Takes away the blank at the end.
  void trim_last() {
    if (runs_.empty() || !runs_.back().text.ends_with(' ')) return;
    runs_.back().text.pop_back();
    if (runs_.back().text.empty()) runs_.pop_back();
  }

  void inline_element(const xml::Element& element, std::uint8_t marks, const xml::Attribute* href) {
    const auto name = element.name;
    if (name == "highlights") return;
    if (name == "br") {
      trim_last();
      runs_.push_back({"", 0, "", {}, element.tag_span, true});
      return;
    }
    if (name == "q") {
      const auto quote = quote_depth_ % 2 == 0 ? 0U : 2U;
      append(words_.quotes[quote], marks, href, element.tag_span);
      ++quote_depth_;
      visit(element, marks, href);
      --quote_depth_;
      append(words_.quotes[quote + 1], marks, href, element.tag_span);
      return;
    }
    if (name == "b") marks |= model::bold;
    if (name == "i") marks |= model::italic;
    if (name == "code") marks |= model::code;
    if (name == "sub") marks |= model::subscript;
    if (name == "sup") marks |= model::superscript;
    const auto* target = name == "a" ? element.attribute("href") : nullptr;
    visit(element, marks, target != nullptr ? target : href);
  }

  void append(std::string_view characters, std::uint8_t marks, const xml::Attribute* href, diag::Span span) {
    Run run{"", marks, {}, {}, span};
    if (href != nullptr) run.href = xml::collapse(href->value), run.href_span = href->value_span;
    bool after_blank = runs_.empty() || runs_.back().line_break || runs_.back().text.ends_with(' ');
    run.text = characters;
    std::size_t size = after_blank && characters.starts_with(' ') ? 0 : xml::even_prefix(characters);
    if (size > 0) after_blank = characters[size - 1] == ' ';
    for (const char c : characters.substr(size)) {
      const bool blank = xml::is_blank(c);
      run.text[size] = blank ? ' ' : c;
      size += blank && after_blank ? 0 : 1;
      after_blank = blank;
    }
    run.text.resize(size);
    if (!run.text.empty()) runs_.push_back(std::move(run));
  }

  const model::Words& words_;
  std::vector<Run> runs_;
  int quote_depth_ = 0;
};

std::string collapsed(std::string_view characters) {
  std::string buffer;
  return text::nfc(xml::collapse(characters, buffer));
}

}  // namespace

model::Text text(const xml::Element& element, model::Language language) {
  TextReader reader(model::words(language));
  const auto* href = element.name != "link" ? element.attribute("href") : nullptr;
  reader.visit(element, 0, href);
  return {reader.finish(), element.name_span()};
}

model::Located value(const xml::Element& element, std::string_view attribute) {
  const auto* found = element.attribute(attribute);
  if (found == nullptr) return {};
  return {collapsed(found->value), found->value_span};
}

model::Located content(const xml::Element& element) {
  std::string characters;
  diag::Span span = element.name_span();
  bool first = true;
  for (const auto& node : element.children) {
    const auto* part = std::get_if<xml::Text>(&node);
    if (part == nullptr) continue;
    characters += part->value;
    if (first) span = part->span;
    span.end = part->span.end;
    first = false;
  }
  return {collapsed(characters), span};
}

}  // namespace cvgen::read
