#include "typeset/arrange.hpp"

#include <algorithm>
#include <utility>

namespace cvgen::typeset {
namespace {

using Kind = Node::Kind;

class Arranger {
 public:
  Arranger(const Galley& galley, const Outline& outline, const std::vector<bool>& kept, const std::string& spacing, bool side)
      : galley_(galley), pieces_(outline.pieces), kept_(kept), spacing_(spacing), side_(side) {}

  VerticalList run() {
    if (side_) list_.push_back(Node{Kind::rule, galley_.measures.side_top});
    else append(galley_.start);
    int heading = -1;
    std::vector<int> open;  // pieces whose list goes on
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (!kept_[i] || pieces_[i].side != side_) continue;
      const auto& piece = pieces_[i];
      while (!open.empty() && open.back() != piece.parent) close(open);
      if (piece.heading != heading) {
        append(galley_.headings[static_cast<std::size_t>(heading = piece.heading)], false, true);
        headed_ = nobreak_ = true;
      } else if (piece.parent < 0) {
        headed_ = false;
      }
      const auto& measured = galley_.pieces[i];
      const bool first_point = piece.point && std::exchange(fresh_list_, false);
      const bool opens = has_kept_point(i);
      append(opens || measured.bare.empty() ? measured.own : measured.bare, first_point);
      if (opens) {
        open.push_back(static_cast<int>(i));
        fresh_list_ = true;
      } else if (measured.bare.empty()) {
        append(measured.after);
      }
    }
    while (!open.empty()) close(open);
    return std::move(list_);
  }

 private:
  bool has_kept_point(std::size_t of) const {
    for (auto i = of + 1; i < pieces_.size() && pieces_[i].parent >= static_cast<int>(of); ++i) {
      if (pieces_[i].parent == static_cast<int>(of) && pieces_[i].point && kept_[i]) return true;
    }
    return false;
  }

  void close(std::vector<int>& open) {
    const auto& piece = galley_.pieces[static_cast<std::size_t>(open.back())];
    append(piece.list_end);
    append(piece.after);
    open.pop_back();
    fresh_list_ = false;
  }

  // What a piece begins with was measured where \lastskip was zero.
  void append(const VerticalList& list, bool first_point = false, bool heading = false) {
    auto node = list.begin();
    if (is_anchor(node, list.end())) node = add_anchor(node, list.end());
    if (node != list.end() && node->kind == Kind::penalty) {
      // Glue before a kern was put there as it is.
      const bool spaced = list.end() - node > 1 && is_space(node[1]) && (list.end() - node == 2 || node[2].kind != Kind::kern);
      // The first of a list stands where the list begins.
      // After a \nobreak of LaTeX a list has neither.
      if (!first_point && (heading || !nobreak_)) {
        add_penalty(*node);
        if (heading) clear_rest();
        if (spaced) add_vspace(node[1]);
      }
      node += spaced ? 2 : 1;
    }
    while (node != list.end()) {
      if (is_anchor(node, list.end())) node = add_anchor(node, list.end());
      else add(*node++);
    }
  }

  using Position = VerticalList::const_iterator;

  static bool is_space(const Node& node) { return node.kind == Kind::glue && !node.parskip; }

  // hyperref's anchors: \nobreak after them, and the glue that was before them taken back and put again.
  static bool is_anchor(Position node, Position end) {
    return node != end && node->kind == Kind::whatsit && std::next(node) != end && std::next(node)->kind == Kind::penalty && std::next(node)->penalty >= 10000;
  }

  Position add_anchor(Position node, Position end) {
    const auto skip = last_skip_;
    add(*node++);
    add(*node++);
    if (node != end && is_space(*node) && std::next(node) != end && is_space(*std::next(node)) && std::next(node)->size == -node->size) node += 2;
    if (skip != 0) {
      add_glue(-skip);
      add_glue(skip);
    }
    return node;
  }

  void keep() {
    if (!headed_) return;
    Node node{Kind::penalty};
    node.penalty = 10000;
    add(node);
    nobreak_ = true;
  }

  void clear_rest() {
    if (rest_ > 0) {
      add_glue(rest_);
      add(Node{Kind::kern});
    }
    rest_ = 0;
  }

  void add_penalty(const Node& node) {
    if (last_skip_ == 0) return add(node);
    const auto skip = last_skip_;
    const auto depth = depth_ == no_depth ? 0 : std::min(depth_, galley_.measures.max_depth);
    add_glue(-(skip + depth));
    add(node);
    if (depth != 0) add_glue(depth);
    add_glue(skip);
  }

  void add_vspace(Node node) {
    scale(node);
    if (last_skip_ == 0) return add(node);
    if (last_skip_ < node.size) {
      add_glue(-last_skip_);
      add(node);
    } else if (node.size < 0 && last_skip_ >= 0) {
      node.size += last_skip_;
      add_glue(-last_skip_);
      add(node);
    }
  }

  void add_glue(Scaled size) {
    Node node{Kind::glue};
    node.size = size;
    add(node);
  }

  void scale(Node& node) const {
    if (node.gap) node.size = multiply(spacing_, node.size);
    node.gap = false;
  }

  void add(Node node) {
    if (node.kind == Kind::rest) rest_ = node.size;
    if (node.kind == Kind::rest_less) rest_ -= node.size;
    if (node.kind == Kind::rest || node.kind == Kind::rest_less) return;
    if (node.kind == Kind::keep) return keep();
    scale(node);
    if (node.kind == Kind::box) {
      if (depth_ != no_depth) interline(node);
      depth_ = node.depth;
      nobreak_ = false;
    }
    if (node.kind == Kind::rule) depth_ = no_depth;
    last_skip_ = node.kind == Kind::glue ? node.size : 0;
    list_.push_back(node);
  }

  void interline(const Node& box) {
    const auto& m = galley_.measures;
    Node glue{Kind::glue};
    glue.size = (box.baselineskip != 0 ? box.baselineskip : m.baseline_skip) - depth_ - box.size;
    if (glue.size < m.line_skip_limit) glue.size = m.line_skip;
    list_.push_back(glue);
  }

  const Galley& galley_;
  const std::vector<Outline::Piece>& pieces_;
  const std::vector<bool>& kept_;
  const std::string& spacing_;
  bool side_;
  VerticalList list_;
  Scaled depth_ = no_depth;
  Scaled last_skip_ = 0;
  Scaled rest_ = 0;
  bool headed_ = false;      // so far the heading has one thing below it
  bool nobreak_ = false;     // \if@nobreak of LaTeX
  bool fresh_list_ = false;  // the next point is the first of its list
};

}  // namespace

VerticalList arrange(const Galley& galley, const Outline& outline, const std::vector<bool>& kept, const std::string& spacing, bool side) {
  return Arranger(galley, outline, kept, spacing, side).run();
}

}  // namespace cvgen::typeset
