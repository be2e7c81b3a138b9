#include "xml/form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "text/unicode.hpp"
#include "xml/characters.hpp"
#include "xml/declaration.hpp"
#include "xml/nesting.hpp"
#include "xml/tags.hpp"

namespace cvgen::xml {
namespace {

using diag::Code;
using diag::Span;

class Scanner {
 public:
  Scanner(FormText& form, TreeBuilder& builder) : form_(form), text_(form.text), builder_(builder), nesting_(form) {}

  void run() {
    const auto begin = read_declaration(form_);
    if (!begin) return;
    at_ = *begin;
    while (at_ < text_.size() && !stopped_) step();
    if (!stopped_) finish();
  }

 private:
  std::string_view rest() const { return text_.substr(at_); }
  Span span(std::size_t begin, std::size_t end) const { return form_.span(begin, end); }
  std::string_view slice(Span s) const { return form_.slice(s); }
  void report(diag::Diagnostic diagnostic) const { form_.report(std::move(diagnostic)); }
  void broken(diag::Diagnostic diagnostic) { form_.report_broken(std::move(diagnostic)); }

  void malformed(std::size_t begin, std::size_t end, std::string message, std::string help) {
    broken(diag::at(span(begin, end), Code::E0112, std::move(message)).helps(std::move(help)));
    stopped_ = true;
  }

  // --- content

  void step() {
    if (text_[at_] != '<') return character_data();
    if (rest().starts_with("<!--")) return delimited(Place::aside, "<!--", "-->", "comment");
    if (rest().starts_with("<![CDATA[")) {
      if (nesting_.depth() == 0) outside_root(at_, at_ + 9);
      return delimited(Place::cdata, "<![CDATA[", "]]>", "CDATA section");
    }
    if (rest().starts_with("<!")) return doctype();
    if (rest().starts_with("<?")) return instruction();
    if (rest().starts_with("</")) return end_tag();
    const auto next = at_ + 1 < text_.size() ? text::decode(text_.substr(at_ + 1)) : std::nullopt;
    if (next && is_name_start(next->code_point)) return start_tag();
    broken(diag::at(span(at_, at_ + 1), Code::E0104, "`<` does not begin a tag here").label("unescaped `<`")
               .helps("write `&lt;` for the character `<`").fixed_by(span(at_, at_ + 1), "&lt;"));
    character_data();
  }

  void character_data() {
    const auto begin = at_;
    auto end = text_.find('<', at_ + 1);
    if (end == std::string_view::npos) end = text_.size();
    at_ = end;
    const auto body = text_.substr(begin, end - begin);
    if (nesting_.depth() == 0) {
      const auto first = std::find_if_not(body.begin(), body.end(), is_blank);
      if (first == body.end()) return;
      const auto from = static_cast<std::size_t>(first - body.begin());
      const auto to = std::min(body.find_first_of("\r\n", from), body.size());
      return outside_root(begin + from, begin + to);
    }
    const bool literal = check_characters(form_, begin, end, Place::text);
    builder_.text(span(begin, end), body, Place::text, literal);
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

  void delimited(Place place, std::string_view open, std::string_view close, std::string_view what) {
    const auto begin = at_;
    const auto inner = at_ + open.size();
    const auto end = text_.find(close, inner);
    if (end == std::string_view::npos) {
      malformed(begin, inner, fmt::format("the {} is not closed", what), fmt::format("close it with `{}`", close));
      return;
    }
    const bool literal = check_characters(form_, inner, end, place);
    if (place == Place::aside) {
      const auto dashes = text_.find("--", inner);
      if (dashes < end || (end > inner && text_[end - 1] == '-')) {
        const auto where = std::min(dashes, end - 1);
        report(diag::at(span(where, where + 2), Code::E0112, "`--` can't stand in a comment").helps("use a single `-` or another sign"));
      }
    }
    at_ = end + close.size();
    if (place == Place::cdata) builder_.text(span(begin, at_), text_.substr(inner, end - inner), place, literal);
  }

  void instruction() {
    const auto begin = at_;
    const auto end = text_.find("?>", at_ + 2);
    if (end == std::string_view::npos) {
      malformed(begin, begin + 2, "the processing instruction is not closed", "close it with `?>`");
      return;
    }
    const auto target_end = name_end(text_, begin + 2);
    const auto name = text_.substr(begin + 2, target_end - begin - 2);
    if (upper(name) == "XML") {
      report(diag::at(span(begin, end + 2), Code::E0112, "the XML declaration does not stand at the very beginning")
                 .helps("put it on the first line, with no blank before it, or delete it"));
    } else if (name.empty() || (target_end != end && !is_blank(text_[target_end]))) {
      report(diag::at(span(begin, begin + 2), Code::E0112, "the processing instruction has no proper name").helps("`<?` begins a processing instruction, as in `<?name ...?>`; write `&lt;?` for the characters"));
    }
    check_characters(form_, begin + 2, end, Place::aside);
    at_ = end + 2;
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
      broken(diag::at(span(begin, begin + 9), Code::E0110, "a DOCTYPE is not allowed").label("remove this declaration")
                 .helps("a CV needs none; type special characters themselves instead of entities"));
    } else {
      broken(diag::at(span(begin, begin + 2), Code::E0104, "`<!` begins neither a comment nor a CDATA section").helps("a comment looks like `<!-- this -->`; write `&lt;!` for the characters"));
    }
  }

  // --- tags

  void start_tag() {
    if (nesting_.depth() == 0 && seen_root_ && !outside_reported_) {
      report(diag::at(span(at_, name_end(text_, at_ + 1)), Code::E0111, "a second root element").label("the document ended before this")
                 .helps("a CV has one root element, `<cv>`"));
      outside_reported_ = true;
    }
    seen_root_ = true;
    read_start_tag(form_, at_, tag_);
    at_ = tag_.span.end;
    builder_.start(tag_);
    if (tag_.empty) return;
    if (nesting_.depth() >= deepest_nesting) {
      report(diag::at(tag_.name, Code::E0113, fmt::format("elements are nested more than {} deep", deepest_nesting)).helps("a CV needs far less; look for an element that was meant to be closed"));
      stopped_ = true;
    }
    nesting_.open(tag_.name);
  }

  void end_tag() {
    const auto begin = at_;
    at_ = blanks_end(text_, begin + 2);
    const bool blank = at_ != begin + 2;
    const auto name = span(at_, name_end(text_, at_));
    const bool nameless = name.begin == name.end;
    if (nameless || blank) {
      broken(diag::at(span(begin, begin + 2), Code::E0107, nameless ? "an end tag without a name" : "a blank after `</`")
                 .helps("an end tag looks like `</name>`; write `&lt;/` for the characters"));
    }
    if (nameless && !rest().starts_with('>')) {
      at_ = begin;
      return character_data();
    }
    at_ = blanks_end(text_, name.end);
    if (!rest().starts_with('>')) {
      report(diag::at(span(begin, name.end), Code::E0107, fmt::format("the end tag `</{}` is not closed", slice(name))).label("`>` is missing").helps("end the tag with `>`"));
      at_ = std::min(text_.find_first_of("<>", at_), text_.size());
    }
    if (rest().starts_with('>')) ++at_;
    const auto depth = nesting_.depth();
    if (nameless) nesting_.close_any();
    else nesting_.close(name, span(begin, at_));
    if (nesting_.depth() < depth) builder_.end(name.begin);
  }

  void finish() {
    nesting_.finish();
    if (seen_root_ || outside_reported_) return;
    report(diag::at(span(text_.size(), text_.size()), Code::E0111, "the file holds no element")
               .helps("a CV begins with `<cv version=\"1\">` and ends with `</cv>`"));
  }

  FormText& form_;
  std::string_view text_;
  std::size_t at_ = 0;
  TreeBuilder& builder_;
  Nesting nesting_;
  StartTag tag_;  // the last one
  bool seen_root_ = false;
  bool outside_reported_ = false;
  bool stopped_ = false;
};

}  // namespace

void scan(FormText& form, TreeBuilder& builder) { Scanner(form, builder).run(); }

}  // namespace cvgen::xml
