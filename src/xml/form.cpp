#include "xml/form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "text/unicode.hpp"
#include "xml/characters.hpp"
#include "xml/declaration.hpp"
#include "xml/references.hpp"

namespace cvgen::xml {
namespace {

using diag::Code;
using diag::Span;
using Kind = Token::Kind;

class Scanner {
 public:
  explicit Scanner(const FormText& form) : form_(form), text_(form.text) {}

  std::vector<Token> run() {
    const auto begin = read_declaration(form_);
    if (!begin) return {};
    at_ = *begin;
    while (at_ < text_.size() && !stopped_) step();
    if (!stopped_) finish();
    return std::move(tokens_);
  }

 private:
  std::string_view rest() const { return text_.substr(at_); }
  Span span(std::size_t begin, std::size_t end) const { return form_.span(begin, end); }
  std::string_view slice(Span s) const { return form_.slice(s); }
  void report(diag::Diagnostic diagnostic) const { form_.report(std::move(diagnostic)); }

  void malformed(std::size_t begin, std::size_t end, std::string message, std::string help) {
    report(diag::at(span(begin, end), Code::E0112, std::move(message)).helps(std::move(help)));
    stopped_ = true;
  }

  // --- content

  void step() {
    if (text_[at_] != '<') return character_data();
    if (rest().starts_with("<!--")) return delimited(Kind::comment, "<!--", "-->", "comment");
    if (rest().starts_with("<![CDATA[")) {
      if (open_.empty()) outside_root(at_, at_ + 9);
      return delimited(Kind::cdata, "<![CDATA[", "]]>", "CDATA section");
    }
    if (rest().starts_with("<!")) return doctype();
    if (rest().starts_with("<?")) return instruction();
    if (rest().starts_with("</")) return end_tag();
    const auto next = at_ + 1 < text_.size() ? text::decode(text_.substr(at_ + 1)) : std::nullopt;
    if (next && is_name_start(next->code_point)) return start_tag();
    report(diag::at(span(at_, at_ + 1), Code::E0104, "`<` does not begin a tag here").label("unescaped `<`")
               .helps("write `&lt;` for the character `<`").fixed_by(span(at_, at_ + 1), "&lt;"));
    character_data();
  }

  void character_data() {
    const auto begin = at_;
    auto end = text_.find('<', at_ + 1);
    if (end == std::string_view::npos) end = text_.size();
    at_ = end;
    const auto body = text_.substr(begin, end - begin);
    if (open_.empty()) {
      const auto first = std::find_if_not(body.begin(), body.end(), is_blank);
      if (first == body.end()) return;
      const auto from = static_cast<std::size_t>(first - body.begin());
      const auto to = std::min(body.find_first_of("\r\n", from), body.size());
      return outside_root(begin + from, begin + to);
    }
    tokens_.push_back({Kind::text, span(begin, end), {}, {}});
    check_characters(form_, begin, end, true);
    for (auto close = body.find("]]>"); close != std::string_view::npos; close = body.find("]]>", close + 3)) {
      const auto where = span(begin + close, begin + close + 3);
      report(diag::at(where, Code::E0112, "`]]>` can't stand in text").helps("write `]]&gt;`").fixed_by(where, "]]&gt;"));
    }
  }

  void outside_root(std::size_t begin, std::size_t end) {
    if (!outside_reported_) {
      report(diag::at(span(begin, end), Code::E0111, seen_root_ ? "text after the end of the document" : "text before the first element")
                 .label("outside the root element").helps("everything goes between `<cv ...>` and `</cv>`"));
    }
    outside_reported_ = true;
  }

  // --- comments, CDATA, instructions, DOCTYPE

  void delimited(Kind kind, std::string_view open, std::string_view close, std::string_view what) {
    const auto begin = at_;
    const auto inner = at_ + open.size();
    const auto end = text_.find(close, inner);
    if (end == std::string_view::npos) {
      malformed(begin, inner, fmt::format("the {} is not closed", what), fmt::format("close it with `{}`", close));
      return;
    }
    check_characters(form_, inner, end, false);
    if (kind == Kind::comment) {
      const auto dashes = text_.find("--", inner);
      if (dashes < end || (end > inner && text_[end - 1] == '-')) {
        const auto where = std::min(dashes, end - 1);
        report(diag::at(span(where, where + 2), Code::E0112, "`--` can't stand in a comment").helps("use a single `-` or another sign"));
      }
    }
    at_ = end + close.size();
    if (kind == Kind::comment || !open_.empty()) tokens_.push_back({kind, span(begin, at_), {}, {}});
  }

  void instruction() {
    const auto begin = at_;
    const auto end = text_.find("?>", at_ + 2);
    if (end == std::string_view::npos) {
      malformed(begin, begin + 2, "the processing instruction is not closed", "close it with `?>`");
      return;
    }
    const auto name_end = name_from(begin + 2);
    const auto name = text_.substr(begin + 2, name_end - begin - 2);
    if (upper(name) == "XML") {
      report(diag::at(span(begin, end + 2), Code::E0112, "the XML declaration does not stand at the very beginning")
                 .helps("put it on the first line, with no blank before it, or delete it"));
    } else if (name.empty() || (name_end != end && !is_blank(text_[name_end]))) {
      report(diag::at(span(begin, begin + 2), Code::E0112, "the processing instruction has no proper name").helps("`<?` begins a processing instruction, as in `<?name ...?>`; write `&lt;?` for the characters"));
    }
    check_characters(form_, begin + 2, end, false);
    at_ = end + 2;
    tokens_.push_back({Kind::instruction, span(begin, at_), {}, {}});
  }

  void doctype() {
    const auto begin = at_;
    const bool is_doctype = rest().starts_with("<!DOCTYPE");
    int brackets = 0;
    char quote = 0;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (quote != 0) { if (c == quote) quote = 0; continue; }
      if (c == '"' || c == '\'') quote = c;
      if (c == '[') ++brackets;
      if (c == ']') --brackets;
      if (c == '>' && brackets <= 0) break;
    }
    if (at_ < text_.size()) ++at_;
    if (is_doctype) {
      report(diag::at(span(begin, begin + 9), Code::E0110, "a DOCTYPE is not allowed").label("remove this declaration")
                 .helps("a CV needs none; type special characters themselves instead of entities"));
    } else {
      report(diag::at(span(begin, begin + 2), Code::E0104, "`<!` begins neither a comment nor a CDATA section").helps("a comment looks like `<!-- this -->`; write `&lt;!` for the characters"));
    }
    tokens_.push_back({Kind::doctype, span(begin, at_), {}, {}});
  }

  // --- tags

  std::size_t name_from(std::size_t begin) const {
    auto end = begin;
    while (end < text_.size()) {
      const auto byte = static_cast<unsigned char>(text_[end]);
      const auto decoded = byte < 0x80 ? text::Decoded{byte, 1} : *text::decode(text_.substr(end));
      if (end == begin ? !is_name_start(decoded.code_point) : !is_name(decoded.code_point)) break;
      end += decoded.length;
    }
    return end;
  }

  bool skip_blanks() {
    const auto begin = at_;
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    return at_ != begin;
  }

  void start_tag() {
    const auto begin = at_;
    at_ = name_from(begin + 1);
    Token token{Kind::start, {}, span(begin + 1, at_), {}};
    if (open_.empty() && seen_root_ && !outside_reported_) {
      report(diag::at(span(begin, at_), Code::E0111, "a second root element").label("the document ended before this")
                 .helps("a CV has one root element, `<cv>`"));
      outside_reported_ = true;
    }
    seen_root_ = true;
    attributes(token);
    report_twins(token);
    token.span = span(begin, at_);
    if (!token.empty) {
      if (open_.size() >= deepest_nesting) {
        report(diag::at(token.name, Code::E0113, fmt::format("elements are nested more than {} deep", deepest_nesting)).helps("a CV needs far less; look for an element that was meant to be closed"));
        stopped_ = true;
      }
      open_.push_back(token.name);
    }
    tokens_.push_back(std::move(token));
  }

  // Reads up to and including `>`. Words that are no attributes are mostly one mistake, and if the `>` is missing they are
  // text: so they make one diagnostic, and none if the tag is not closed.
  void attributes(Token& token) {
    std::optional<diag::Diagnostic> stray;
    while (true) {
      const bool blank = skip_blanks();
      if (at_ >= text_.size() || text_[at_] == '<') {
        const auto tag = span(token.name.begin - 1, token.name.end);
        return report(diag::at(tag, Code::E0107, fmt::format("the tag `{}` is not closed", slice(tag)))
                          .label("`>` is missing").helps("end the tag with `>`, or with `/>` if nothing follows in it"));
      }
      token.empty = rest().starts_with("/>");
      if (token.empty || text_[at_] == '>') {
        at_ += token.empty ? 2 : 1;
        if (stray) report(*std::move(stray));
        return;
      }
      const auto name_begin = at_;
      at_ = name_from(at_);
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
          report(diag::at(name, Code::E0108, "a blank is missing before this attribute").helps("put a blank between attributes")
                     .fixed_by(span(name.begin, name.begin), " "));
        }
        if (!value(token, name)) return;
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
  bool value(Token& token, Span name) {
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
      report(diag::at(opening, Code::E0108, fmt::format("the value of `{}` has no closing quote", slice(name))).label("opened here")
                 .helps(fmt::format("close the value with `{}`", quote)));
    };
    if (close == text_.size() || text_[close] == '<') {
      const auto last = body.find_last_not_of(" \t\r\n");
      const bool tag_ended = last != std::string_view::npos && body[last] == '>';
      const auto later = close == text_.size() || tag_ended ? std::string_view::npos : text_.find_first_of(std::string{quote, '\n'}, close);
      if (later != std::string_view::npos && text_[later] == quote) {
        report(diag::at(span(close, close + 1), Code::E0104, fmt::format("`<` in the value of `{}`", slice(name))).label("unescaped `<`")
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
    check_characters(form_, begin, close, true);
    token.attributes.push_back({name, span(begin, close)});
    return true;
  }

  // By sorting: a hostile tag can have a hundred thousand attributes.
  void report_twins(const Token& token) {
    if (token.attributes.size() < 2) return;
    std::vector<Span> names;
    for (const auto& attribute : token.attributes) names.push_back(attribute.name);
    std::sort(names.begin(), names.end(), [&](Span a, Span b) { return std::pair(slice(a), a.begin) < std::pair(slice(b), b.begin); });
    for (auto first = names.begin(); first != names.end();) {
      auto other = std::next(first);
      for (; other != names.end() && slice(*other) == slice(*first); ++other) {
        report(diag::at(*other, Code::E0109, fmt::format("the attribute `{}` is given twice", slice(*other))).label("again here")
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
    report(std::move(diagnostic));
  }

  void end_tag() {
    const auto begin = at_;
    at_ = begin + 2;
    const bool blank = skip_blanks();
    const auto name = span(at_, name_from(at_));
    const bool nameless = name.begin == name.end;
    if (nameless || blank) {
      report(diag::at(span(begin, begin + 2), Code::E0107, nameless ? "an end tag without a name" : "a blank after `</`")
                 .helps("an end tag looks like `</name>`; write `&lt;/` for the characters"));
    }
    if (nameless && !rest().starts_with('>')) {
      at_ = begin;
      return character_data();
    }
    at_ = name.end;
    skip_blanks();
    if (!rest().starts_with('>')) {
      report(diag::at(span(begin, name.end), Code::E0107, fmt::format("the end tag `</{}` is not closed", slice(name))).label("`>` is missing").helps("end the tag with `>`"));
      at_ = std::min(text_.find_first_of("<>", at_), text_.size());
    }
    if (rest().starts_with('>')) ++at_;
    tokens_.push_back({Kind::end, span(begin, at_), name, {}});
    if (!nameless) close(name, span(begin, at_));
    else if (!open_.empty()) open_.pop_back();
  }

  // --- nesting
  //
  // One mistake among end tags upsets all that follow, so a guess must be made at what was meant:
  //   <b><i>x</b></i>      an end tag of an element further out closes what is in it; the `</i>` to come is forgiven
  //   <b>x</c>             an end tag of no open element is put aside until the next one shows what it was:
  //   <p><b>x</c></p>        a misspelt end, if the next does not close <b>,
  //   <p><b>x</c></b></p>    or one too many, if it does

  void close(Span name, Span tag) {
    if (aside_ && open_.size() <= aside_->depth) settle_aside(slice(name));
    const auto forgiven = std::find(forgiven_.begin(), forgiven_.end(), slice(name));
    if (!open_.empty() && slice(open_.back()) == slice(name)) {
      forgiven_.clear();
      return open_.pop_back();
    }
    const auto match = std::find_if(open_.rbegin(), open_.rend(), [&](Span other) { return slice(other) == slice(name); });
    if (match != open_.rend()) {
      const auto inner = open_.back();
      report(diag::at(tag, Code::E0105, fmt::format("`<{}>` is not closed before `</{}>`", slice(inner), slice(name)))
                 .label(fmt::format("expected `</{}>`", slice(inner))).also(inner, "opened here")
                 .helps(fmt::format("close it with `</{}>`, or end its own tag with `/>` if nothing is in it", slice(inner))));
      forgiven_.clear();
      std::for_each(open_.rbegin(), match, [&](Span other) { forgiven_.push_back(slice(other)); });
      open_.erase(std::prev(match.base()), open_.end());
    } else if (forgiven != forgiven_.end()) {
      forgiven_.erase(forgiven);
    } else if (open_.empty()) {
      closes_nothing(name, tag);
    } else {
      aside_ = Aside{name, tag, open_.size()};
    }
  }

  void closes_nothing(Span name, Span tag) {
    report(diag::at(tag, Code::E0105, fmt::format("`</{}>` closes nothing", slice(name))).label(fmt::format("no `<{}>` is open here", slice(name)))
               .helps("delete it, or look above for a start tag that is missing or misspelt"));
  }

  void settle_aside(std::string_view next) {
    const auto [name, tag, depth] = *aside_;
    aside_.reset();
    if (open_.size() != depth || slice(open_.back()) == next) return closes_nothing(name, tag);
    const auto inner = open_.back();
    report(diag::at(tag, Code::E0105, fmt::format("`<{}>` is closed by `</{}>`", slice(inner), slice(name)))
               .label(fmt::format("expected `</{}>`", slice(inner))).also(inner, "opened here").helps("write the same name in both tags"));
    open_.pop_back();
  }

  void finish() {
    if (aside_) settle_aside({});
    if (!seen_root_) {
      if (!outside_reported_) {
        report(diag::at(span(text_.size(), text_.size()), Code::E0111, "the file holds no element")
                   .helps("a CV begins with `<cv version=\"1\">` and ends with `</cv>`"));
      }
      return;
    }
    if (open_.empty()) return;
    report(diag::at(open_.back(), Code::E0106, fmt::format("`<{}>` is never closed", slice(open_.back()))).label("opened here")
               .helps(fmt::format("add `</{}>` where it ends", slice(open_.back()))));
  }

  FormText form_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
  std::vector<Span> open_;  // names of the elements that are open, outermost first
  struct Aside {
    Span name, tag;
    std::size_t depth;
  };
  std::optional<Aside> aside_;               // an end tag of no open element
  std::vector<std::string_view> forgiven_;  // elements closed by an outer end tag, whose own may still come
  bool seen_root_ = false;
  bool outside_reported_ = false;
  bool stopped_ = false;
};

}  // namespace

std::vector<Token> scan(const diag::Sources& sources, std::uint32_t file, diag::Sink& sink) {
  return Scanner({sources.file(file).text(), file, sink}).run();
}

}  // namespace cvgen::xml
