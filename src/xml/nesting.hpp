// Which elements are open, and whether each end tag closes the right one.
//
// One mistake among end tags upsets all that follow, so a guess must be made at what was meant:
//   <b><i>x</b></i>      an end tag of an element further out closes what is in it; the `</i>` to come is forgiven
//   <b>x</c>             an end tag of no open element is put aside until the next one shows what it was:
//   <p><b>x</c></p>        a misspelt end, if the next does not close <b>,
//   <p><b>x</c></b></p>    or one too many, if it does
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "xml/form_text.hpp"

namespace cvgen::xml {

class Nesting {
 public:
  explicit Nesting(FormText& form) : form_(form) {}

  std::size_t depth() const { return open_.size(); }
  void open(diag::Span name) { open_.push_back(name); }
  // For an end tag of this name.
  void close(diag::Span name, diag::Span tag);
  // For one without a name.
  void close_any() { if (!open_.empty()) open_.pop_back(); }
  void finish();

 private:
  std::string_view slice(diag::Span span) const { return form_.slice(span); }
  void broken(diag::Diagnostic diagnostic) { form_.report_broken(std::move(diagnostic)); }
  diag::Diagnostic closes_nothing(diag::Span name, diag::Span tag) const;
  void settle_aside(std::string_view next);

  FormText& form_;
  std::vector<diag::Span> open_;  // their names, outermost first
  struct Aside {
    diag::Span name, tag;
    std::size_t depth;
  };
  std::optional<Aside> aside_;               // an end tag of no open element
  std::vector<std::string_view> forgiven_;  // elements closed by an outer end tag, whose own may still come
};

}  // namespace cvgen::xml
