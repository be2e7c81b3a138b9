#include "typeset/pages.hpp"

#include <algorithm>
#include <cstddef>

namespace cvgen::typeset {
namespace {

using Kind = Node::Kind;

constexpr int infinitely_bad = 10000;
constexpr int awfully_bad = 0x3FFFFFFF;
constexpr int deplorable = 100000;
constexpr int eject = -10000;

// tex.web section 108.
int badness(Scaled t, Scaled s) {
  if (t == 0) return 0;
  if (s <= 0) return infinitely_bad;
  Scaled r = t;
  if (t <= 7230584) r = t * 297 / s;
  else if (s >= 1663497) r = t / (s / 297);
  if (r > 1290) return infinitely_bad;
  return static_cast<int>((r * r * r + 0x20000) / 0x40000);
}

class Builder {
 public:
  Builder(const VerticalList& list, const PageSize& size, int most) : list_(list), size_(size), most_(most) {}

  Pages run() {
    // What \end{document} adds: a label, \vfil, and the order to eject.
    Node fill{Kind::glue};
    fill.stretch = point;
    fill.stretch_order = 1;
    Node order{Kind::penalty};
    order.penalty = eject;
    const Node end[] = {Node{Kind::whatsit}, fill, order};
    const auto at = [&](std::size_t i) -> const Node& { return i < list_.size() ? list_[i] : end[i - list_.size()]; };
    const auto total = list_.size() + std::size(end);
    std::size_t i = 0;
    start_page();
    while (i < total) {
      const auto next_is_glue = i + 1 < total && at(i + 1).kind == Kind::glue;
      if (!take(at(i), i, next_is_glue)) {
        ++i;
        continue;
      }
      if (best_has_box_) {
        ++pages_.count;
        pages_.last = used_;
      }
      if (pages_.count > most_) return pages_;
      // After the break; the eject at the very end is used up by it.
      i = best_ + 1 == total ? total : best_;
      start_page();
    }
    return pages_;
  }

 private:
  void start_page() {
    total_ = depth_ = stretch_ = shrink_ = used_ = 0;
    infinite_ = has_box_ = best_has_box_ = has_tail_ = tail_stays_ = false;
    bottom_ = 0;
    least_cost_ = awfully_bad;
  }

  // True: the page is complete and ends at best_.
  bool take(const Node& node, std::size_t index, bool next_is_glue) {
    switch (node.kind) {
      case Kind::box:
      case Kind::rule:
        if (!has_box_) {
          // \topskip is glue in its own right, and a place to break if a whatsit stands before it.
          if (has_tail_ && try_break(0, index)) return true;
          has_box_ = true;
          total_ += std::max<Scaled>(size_.top_skip - node.size, 0);
        }
        total_ += depth_ + node.size;
        depth_ = node.depth;
        break;
      case Kind::whatsit: break;
      case Kind::glue:
        if (!has_box_) return false;
        if (tail_stays_ && try_break(0, index)) return true;
        add_space(node);
        break;
      case Kind::kern:
        if (!has_box_) return false;
        if (next_is_glue && try_break(0, index)) return true;
        add_space(node);
        break;
      case Kind::rest:
      case Kind::rest_less:
      case Kind::keep: return false;
      case Kind::penalty:
        if (!has_box_) return false;
        if (node.penalty < infinitely_bad && try_break(node.penalty, index)) return true;
        break;
    }
    if (depth_ > size_.max_depth) {
      total_ += depth_ - size_.max_depth;
      depth_ = size_.max_depth;
    }
    has_tail_ = true;
    tail_stays_ = node.stays();
    if (node.kind == Kind::box || node.kind == Kind::rule) bottom_ = total_ + depth_;
    return false;
  }

  void add_space(const Node& node) {
    if (node.stretch_order > 0 && node.stretch != 0) infinite_ = true;
    else stretch_ += node.stretch;
    shrink_ += node.shrink;
    total_ += depth_ + node.size;
    depth_ = 0;
  }

  bool try_break(int penalty, std::size_t index) {
    int bad = 0;
    if (total_ < size_.height) bad = infinite_ ? 0 : badness(size_.height - total_, stretch_);
    else if (total_ - size_.height > shrink_) bad = awfully_bad;
    else bad = badness(total_ - size_.height, shrink_);
    int cost = bad;
    if (bad < awfully_bad) {
      if (penalty <= eject) cost = penalty;
      else cost = bad < infinitely_bad ? bad + penalty : deplorable;
    }
    if (cost <= least_cost_) {
      least_cost_ = cost;
      best_ = index;
      best_has_box_ = has_box_;
      used_ = bottom_;
    }
    return cost == awfully_bad || penalty <= eject;
  }

  const VerticalList& list_;
  const PageSize& size_;
  int most_;
  Pages pages_;
  Scaled total_ = 0, depth_ = 0, stretch_ = 0, shrink_ = 0;
  Scaled bottom_ = 0;  // of the last box on the page
  Scaled used_ = 0;    // the same, at the best break
  bool infinite_ = false, has_box_ = false, best_has_box_ = false, has_tail_ = false, tail_stays_ = false;
  int least_cost_ = awfully_bad;
  std::size_t best_ = 0;
};

}  // namespace

Pages break_pages(const VerticalList& list, const PageSize& size, int most) { return Builder(list, size, most).run(); }

}  // namespace cvgen::typeset
