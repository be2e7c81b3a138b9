#include "xml/nesting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace cvgen::xml {

using diag::Code;
using diag::Span;

void Nesting::close(Span name, Span tag) {
  if (aside_ && open_.size() <= aside_->depth) settle_aside(slice(name));
  const auto forgiven = std::find(forgiven_.begin(), forgiven_.end(), slice(name));
  if (!open_.empty() && slice(open_.back()) == slice(name)) {
    forgiven_.clear();
    return open_.pop_back();
  }
  const auto match = std::find_if(open_.rbegin(), open_.rend(), [&](Span other) { return slice(other) == slice(name); });
  if (match != open_.rend()) {
    const auto inner = open_.back();
    broken(diag::at(tag, Code::E0105, fmt::format("`<{}>` is not closed before `</{}>`", slice(inner), slice(name)))
               .label(fmt::format("expected `</{}>`", slice(inner))).also(inner, "opened here")
               .helps(fmt::format("close it with `</{}>`, or end its own tag with `/>` if nothing is in it", slice(inner))));
    forgiven_.clear();
    std::for_each(open_.rbegin(), match, [&](Span other) { forgiven_.push_back(slice(other)); });
    open_.erase(std::prev(match.base()), open_.end());
  } else if (forgiven != forgiven_.end()) {
    forgiven_.erase(forgiven);
  } else if (open_.empty()) {
    form_.report(closes_nothing(name, tag));  // what is before it keeps its shape
  } else {
    aside_ = Aside{name, tag, open_.size()};
  }
}

diag::Diagnostic Nesting::closes_nothing(Span name, Span tag) const {
  return diag::at(tag, Code::E0105, fmt::format("`</{}>` closes nothing", slice(name))).label(fmt::format("no `<{}>` is open here", slice(name)))
      .helps("delete it, or look above for a start tag that is missing or misspelt");
}

void Nesting::settle_aside(std::string_view next) {
  const auto [name, tag, depth] = *aside_;
  aside_.reset();
  if (open_.size() != depth || slice(open_.back()) == next) return broken(closes_nothing(name, tag));
  const auto inner = open_.back();
  broken(diag::at(tag, Code::E0105, fmt::format("`<{}>` is closed by `</{}>`", slice(inner), slice(name)))
             .label(fmt::format("expected `</{}>`", slice(inner))).also(inner, "opened here").helps("write the same name in both tags"));
  open_.pop_back();
}

void Nesting::finish() {
  if (aside_) settle_aside({});
  if (open_.empty()) return;
  broken(diag::at(open_.back(), Code::E0106, fmt::format("`<{}>` is never closed", slice(open_.back()))).label("opened here")
             .helps(fmt::format("add `</{}>` where it ends", slice(open_.back()))));
}

}  // namespace cvgen::xml
