#include "xml/tags.hpp"

#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>

#include "text/unicode.hpp"
#include "xml/characters.hpp"

namespace cvgen::xml {
namespace {

using diag::Code;
using diag::Span;

class TagReader {
 public:
  TagReader(FormText& form, std::size_t begin, StartTag& tag) : form_(form), text_(form.text), at_(begin + 1), tag_(tag) {}

  void run() {
    const auto begin = at_;
    at_ = name_end(text_, begin);
    tag_.name = span(begin, at_);
    tag_.attributes.clear();
    tag_.empty = false;
    attributes();
    report_twins();
    tag_.span = span(begin - 1, at_);
  }

 private:
  std::string_view rest() const { return text_.substr(at_); }
  Span span(std::size_t begin, std::size_t end) const { return form_.span(begin, end); }
  std::string_view slice(Span s) const { return form_.slice(s); }
  void broken(diag::Diagnostic diagnostic) { form_.report_broken(std::move(diagnostic)); }

  bool skip_blanks() {
    const auto begin = std::exchange(at_, blanks_end(text_, at_));
    return at_ != begin;
  }

  // Reads up to and including `>`. Words that are no attributes are mostly one mistake, and if the `>` is missing they are
  // text: so they make one diagnostic, and none if the tag is not closed.
  void attributes() {
    std::optional<diag::Diagnostic> stray;
    while (true) {
      const bool blank = skip_blanks();
      if (at_ >= text_.size() || text_[at_] == '<') {
        const auto tag = span(tag_.name.begin - 1, tag_.name.end);
        return broken(diag::at(tag, Code::E0107, fmt::format("the tag `{}` is not closed", slice(tag)))
                          .label("`>` is missing").helps("end the tag with `>`, or with `/>` if nothing follows in it"));
      }
      tag_.empty = rest().starts_with("/>");
      if (tag_.empty || text_[at_] == '>') {
        at_ += tag_.empty ? 2 : 1;
        if (stray) broken(*std::move(stray));
        return;
      }
      const auto name_begin = at_;
      at_ = name_end(text_, at_);
      const auto name = span(name_begin, at_);
      if (name.begin == name.end) {
        at_ += text::decode(rest())->length;
        const auto sign = span(name_begin, at_);
        if (!stray) stray = diag::at(sign, Code::E0107, fmt::format("`{}` can't stand in a tag", slice(sign))).helps("a tag looks like `<name attribute=\"value\">`");
        skip_to_blank();
        continue;
      }
      skip_blanks();
      if (at_ < text_.size() && text_[at_] == '=') {
        ++at_;
        skip_blanks();
        if (!blank) {
          form_.report(diag::at(name, Code::E0108, "a blank is missing before this attribute").helps("put a blank between attributes")
                           .fixed_by(span(name.begin, name.begin), " "));
        }
        if (!value(name)) return;
        continue;
      }
      auto bare = slice(name);
      if (at_ < text_.size() && is_quote(text_[at_])) {  // name"value", name:"value"
        const auto close = text_.find_first_of(std::string{text_[at_], '<'}, at_ + 1);
        if (close < text_.size() && text_[close] == text_[at_]) at_ = close + 1;
        if (bare.ends_with(':')) bare.remove_suffix(1);
        if (!stray) stray = diag::at(name, Code::E0108, fmt::format("`=` is missing after `{}`", bare));
      } else {
        at_ = name.end;
        if (!stray) stray = diag::at(name, Code::E0108, fmt::format("the attribute `{}` has no value", bare));
      }
      if (stray->help.empty()) stray->help.push_back(fmt::format("write `{}=\"...\"`", bare));
    }
  }

  static bool is_quote(char c) { return c == '"' || c == '\''; }

  void skip_to_blank() {
    while (at_ < text_.size() && !is_blank(text_[at_]) && text_[at_] != '>' && text_[at_] != '<' && !is_quote(text_[at_])) ++at_;
  }

  // The value of an attribute, from its opening quote on; false if the tag is lost (and that was reported).
  bool value(Span name) {
    if (at_ >= text_.size() || !is_quote(text_[at_])) {
      unquoted(name);
      return true;
    }
    const char quote = text_[at_];
    const auto opening = span(at_, at_ + 1);
    const auto begin = at_ + 1;
    const auto close = std::min(text_.find_first_of(std::string{quote, '<'}, begin), text_.size());
    const auto body = text_.substr(begin, close - begin);
    const auto unclosed = [&] {
      broken(diag::at(opening, Code::E0108, fmt::format("the value of `{}` has no closing quote", slice(name))).label("opened here")
                 .helps(fmt::format("close the value with `{}`", quote)));
    };
    if (close == text_.size() || text_[close] == '<') {
      const auto last = body.find_last_not_of(" \t\r\n");
      const bool tag_ended = last != std::string_view::npos && body[last] == '>';
      const auto later = close == text_.size() || tag_ended ? std::string_view::npos : text_.find_first_of(std::string{quote, '\n'}, close);
      if (later != std::string_view::npos && text_[later] == quote) {
        broken(diag::at(span(close, close + 1), Code::E0104, fmt::format("`<` in the value of `{}`", slice(name))).label("unescaped `<`")
                   .helps("write `&lt;` for the character `<`").fixed_by(span(close, close + 1), "&lt;"));
        at_ = later + 1;
        return true;
      }
      unclosed();
      // The tag goes on at its `>`, if it has one.
      const auto end = text_.substr(0, close).find('>', begin);
      at_ = end == std::string_view::npos ? close : end - (text_[end - 1] == '/' ? 1 : 0);
      return end != std::string_view::npos;
    }
    if (const auto next = swallowed_attribute(body); next != std::string_view::npos && !ends_attribute(close + 1)) {
      unclosed();
      at_ = begin + next;
      return true;
    }
    at_ = close + 1;
    const bool literal = check_characters(form_, begin, close, Place::value);
    tag_.attributes.push_back({name, span(begin, close), literal});
    return true;
  }

  // By sorting: a hostile tag can have a hundred thousand attributes.
  void report_twins() {
    if (tag_.attributes.size() < 2) return;
    const auto& first_two = tag_.attributes;
    if (first_two.size() == 2 && slice(first_two[0].name) != slice(first_two[1].name)) return;
    std::vector<Span> names;
    for (const auto& attribute : tag_.attributes) names.push_back(attribute.name);
    std::sort(names.begin(), names.end(), [&](Span a, Span b) { return std::pair(slice(a), a.begin) < std::pair(slice(b), b.begin); });
    for (auto first = names.begin(); first != names.end();) {
      auto other = std::next(first);
      for (; other != names.end() && slice(*other) == slice(*first); ++other) {
        broken(diag::at(*other, Code::E0109, fmt::format("the attribute `{}` is given twice", slice(*other))).label("again here")
                   .also(*first, "first here").helps("delete one of the two"));
      }
      first = other;
    }
  }

  bool ends_attribute(std::size_t at) const { return at >= text_.size() || is_blank(text_[at]) || text_[at] == '>' || text_[at] == '/'; }

  // In given="Ada family="Lovelace" the first value seems to be `Ada family=`: where the next attribute begins in it.
  static std::size_t swallowed_attribute(std::string_view body) {
    if (!body.ends_with('=')) return std::string_view::npos;
    return body.find_last_of(" \t\r\n");
  }

  // A value with no quotes, with one at its end only, or with the curly ones of a word processor.
  void unquoted(Span name) {
    constexpr std::array<std::string_view, 6> curly = {"\u201C", "\u201D", "\u201E", "\u2018", "\u2019", "\u201A"};
    const auto begin = at_;
    const auto line_end = std::min(text_.find_first_of("<>\r\n", begin), text_.size());
    const auto is_curly = [&](std::string_view s) { return std::any_of(curly.begin(), curly.end(), [&](std::string_view q) { return s.starts_with(q); }); };
    auto inner = begin;
    auto inner_end = begin;
    if (is_curly(rest())) {
      inner = begin + 3;
      for (inner_end = inner; inner_end < line_end && !is_curly(text_.substr(inner_end));) ++inner_end;
      at_ = std::min(inner_end + 3, line_end);
    }
    const bool in_curly = at_ != begin && inner_end < line_end;
    if (!in_curly) {
      at_ = inner = begin;
      skip_to_blank();
      if (at_ > begin && text_.substr(at_ - 1).starts_with("/>")) --at_;
      inner_end = at_;
      if (at_ < text_.size() && is_quote(text_[at_]) && ends_attribute(at_ + 1)) ++at_;
    }
    const auto where = span(begin, std::max(at_, begin + (begin < text_.size() ? 1 : 0)));
    const auto proper = fmt::format("\"{}\"", slice(span(inner, inner_end)));
    auto diagnostic = diag::at(where, Code::E0108, fmt::format("the value of `{}` is not in quotes", slice(name)))
                          .helps(fmt::format("write `{}={}`", slice(name), inner == inner_end ? "\"...\"" : proper));
    if (in_curly) {
      diagnostic.primary->text = "curly quotes";
      diagnostic.notes.push_back("XML wants straight quotes, `\"` or `'`");
    }
    if (inner != inner_end) diagnostic.fix = {{where, proper}};
    broken(std::move(diagnostic));
  }

  FormText& form_;
  std::string_view text_;
  std::size_t at_;
  StartTag& tag_;
};

}  // namespace

std::size_t blanks_end(std::string_view text, std::size_t begin) {
  while (begin < text.size() && is_blank(text[begin])) ++begin;
  return begin;
}

std::size_t name_end(std::string_view text, std::size_t begin) {
  static constexpr auto goes_on = [] {
    std::array<bool, 256> result{};
    for (unsigned char c = 0; c < 0x80; ++c) result[c] = is_name(c);
    return result;
  }();
  auto end = begin;
  while (end < text.size()) {
    if (end > begin && goes_on[static_cast<unsigned char>(text[end])]) {
      ++end;
      continue;
    }
    const auto byte = static_cast<unsigned char>(text[end]);
    const auto decoded = byte < 0x80 ? text::Decoded{byte, 1} : *text::decode(text.substr(end));
    if (end == begin ? !is_name_start(decoded.code_point) : !is_name(decoded.code_point)) break;
    end += decoded.length;
  }
  return end;
}

void read_start_tag(FormText& form, std::size_t begin, StartTag& tag) { TagReader(form, begin, tag).run(); }

}  // namespace cvgen::xml
