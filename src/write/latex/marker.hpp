// The marks in a document that is only measured; in one that is printed there are none.
#pragma once

#include <string>

#include "write/latex/document.hpp"
#include "write/latex/lines.hpp"

namespace cvgen::latex {

class Marker {
 public:
  Marker(Lines& lines, const Marks* marks) : lines_(lines), marks_(marks) {}

  bool on() const { return marks_ != nullptr; }

  void heading(diag::Span span) {
    new_chunk();
    if (on()) add("h", marks_->sections, span);
  }
  void unit(diag::Span span) { if (on()) add(bare_ ? "b" : "u", marks_->units, span); }
  void list_end(diag::Span owner) { if (on()) add("x", marks_->units, owner); }

  // Between things: after so many that they may have filled a box of TeX's.
  void chunk() {
    constexpr int most = 60;
    if (since_chunk_ >= most) new_chunk();
  }

  // What follows is measured without regard to what is before.
  void new_chunk() {
    if (!on()) return;
    lines_.add(Tex("\\cvchunk"), {});
    since_chunk_ = 0;
  }

  // From here on, units come once more, without their bullets.
  void begin_bare() { bare_ = true; }
  void end() { lines_.add(Tex("\\cvunit{e}\\par\\penalty-10000\\csname @@end\\endcsname"), {}); }

 private:
  void add(const char* kind, const std::map<diag::Span, std::size_t>& numbers, diag::Span span) {
    ++since_chunk_;
    if (const auto found = numbers.find(span); found != numbers.end()) lines_.add(trusted("\\cvunit{" + std::string(kind) + " " + std::to_string(found->second) + "}"), span);
  }

  Lines& lines_;
  const Marks* marks_;
  bool bare_ = false;
  int since_chunk_ = 0;
};

}  // namespace cvgen::latex
