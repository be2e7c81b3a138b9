#include "typeset/galley.hpp"

#include <algorithm>
#include <charconv>

namespace cvgen::typeset {
namespace {

using Kind = Node::Kind;

// Takes a word and the blank after it off the text.
std::string_view take_word(std::string_view& text) {
  const auto word = text.substr(0, text.find(' '));
  text.remove_prefix(std::min(word.size() + 1, text.size()));
  return word;
}

// Parts of "\hbox(8.4+3.6)x359.9, glue set ...": what is between the parentheses.
bool read_size(std::string_view text, Node& node) {
  const auto open = text.find('(');
  const auto plus = text.find('+', open);
  const auto close = text.find(')', open);
  if (open == std::string_view::npos || plus == std::string_view::npos || close == std::string_view::npos || plus > close) return false;
  node.size = scaled_of(text.substr(open + 1, plus - open - 1));
  node.depth = scaled_of(text.substr(plus + 1, close - plus - 1));
  return true;
}

// "9.7 plus 1.0fil minus 2.0". Gaps were marked with a stretch that nothing else has.
void read_glue(std::string_view text, Node& node) {
  constexpr std::string_view mark = "0.00002filll";
  node.size = scaled_of(take_word(text));
  while (!text.empty()) {
    const auto what = take_word(text);
    const auto amount = take_word(text);
    if (what == "plus" && amount == mark) {
      node.gap = true;
    } else if (what == "plus") {
      node.stretch = scaled_of(amount);
      for (const char c : amount) node.stretch_order += c == 'l' ? 1 : 0;
    } else if (what == "minus") {
      node.shrink = scaled_of(amount);
    }
  }
}

class Reader {
 public:
  Reader(std::size_t headings, std::size_t pieces) {
    galley_.headings.resize(headings);
    galley_.pieces.resize(pieces);
    here_ = &galley_.start;
  }

  std::optional<Galley> read(std::string_view log) {
    while (!log.empty() && !ended_) {
      const auto end = log.find('\n');
      const auto line = log.substr(0, end);
      log.remove_prefix(end == std::string_view::npos ? log.size() : end + 1);
      if (line.starts_with("cv sizes ")) measures(line.substr(9));
      else if (measured_ && line.starts_with(".\\")) node(line.substr(2));
      if (broken_) return std::nullopt;
    }
    return ended_ ? std::optional(std::move(galley_)) : std::nullopt;
  }

 private:
  void measures(std::string_view text) {
    auto& m = galley_.measures;
    for (auto* size : {&m.text_height, &m.top_skip, &m.max_depth, &m.baseline_skip, &m.line_skip, &m.line_skip_limit}) *size = scaled_of(take_word(text));
    measured_ = true;
  }

  void node(std::string_view text) {
    Node node;
    if (text.starts_with("special{cv ")) return mark(text.substr(11, text.find('}') - 11));
    if (text.starts_with("hbox(") || text.starts_with("vbox(")) {
      node.kind = Kind::box;
      if (!read_size(text, node)) broken_ = true;
      if (skip_box_) {
        skip_box_ = false;
        previous_depth_ = node.depth;
        return;
      }
      if (interline_) node.baselineskip = *interline_ + previous_depth_ + node.size;
      previous_depth_ = node.depth;
      interline_.reset();
    } else if (text.starts_with("rule(")) {
      node.kind = Kind::rule;
      if (!read_size(text, node)) broken_ = true;
      previous_depth_ = no_depth;
    } else if (text.starts_with("glue") || text.starts_with("leaders") || text.starts_with("cleaders")) {
      node.kind = Kind::glue;
      std::string_view name;
      if (const auto close = text.find(") "); text.starts_with("glue(") && close != std::string_view::npos) name = text.substr(5, close - 5);
      take_word(text);
      read_glue(text, node);
      if (name == "\\topskip" || name == "\\lineskip") return;
      if (name == "\\baselineskip") {
        interline_ = node.size;
        return;
      }
      node.parskip = name == "\\parskip";
    } else if (text.starts_with("kern")) {
      node.kind = Kind::kern;
      text.remove_prefix(4);
      while (text.starts_with(' ')) text.remove_prefix(1);
      node.size = scaled_of(take_word(text));
    } else if (text.starts_with("penalty ")) {
      node.kind = Kind::penalty;
      text.remove_prefix(8);
      std::from_chars(text.data(), text.data() + text.size(), node.penalty);
    } else {
      node.kind = Kind::whatsit;
    }
    here_->push_back(node);
  }

  void mark(std::string_view text) {
    const auto kind = take_word(text);
    if (kind == "s" || kind == "r") {
      Node rest{kind == "s" ? Kind::rest : Kind::rest_less};
      rest.size = scaled_of(text);
      // The one that a heading takes off comes before its own is set.
      if (kind == "s" || !in_heading_) here_->push_back(rest);
      return;
    }
    if (kind == "k") {
      here_->push_back(Node{Kind::keep});
      return;
    }
    if (kind == "o") {
      galley_.measures.side_top = scaled_of(text);
      return;
    }
    in_heading_ = kind == "h";
    std::size_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    if (kind == "e") {
      ended_ = true;
    } else if (kind == "c") {
      skip_box_ = true;
      here_ = &dropped_;
    } else if (kind == "h") {
      if (number < galley_.headings.size()) here_ = &galley_.headings[number];
      else broken_ = true;
    } else if (number >= galley_.pieces.size()) {
      broken_ = true;
    } else if (kind == "x") {
      end_list(galley_.pieces[number]);
    } else {
      auto& piece = galley_.pieces[number];
      here_ = kind == "b" ? &piece.bare : &piece.own;
    }
  }

  // What ends a list is set after its last part, but isn't a part of that.
  void end_list(Galley::Piece& piece) {
    auto first = here_->end();
    while (first != here_->begin() && !std::prev(first)->stays()) --first;
    piece.list_end.assign(first, here_->end());
    here_->erase(first, here_->end());
    here_ = &piece.after;
  }

  Galley galley_;
  VerticalList dropped_;
  VerticalList* here_;
  std::optional<Scaled> interline_;
  Scaled previous_depth_ = no_depth;
  bool in_heading_ = false;
  bool skip_box_ = false;
  bool measured_ = false;
  bool ended_ = false;
  bool broken_ = false;
};

}  // namespace

std::optional<Galley> read_galley(std::string_view log, std::size_t headings, std::size_t pieces) { return Reader(headings, pieces).read(log); }

std::string_view measuring_preamble() {
  // \cvscaled makes the gaps of a template; here it marks them, at their full size. \protect as in LaTeX's own \shipout,
  // for what hyperref writes into files. \cvrest is how far a title in the left column reaches below its line, and
  // \cvrestless takes off it what stands beside. \cvstay stands before the gap below what may be alone under a heading.
  return R"(\makeatletter
\pdfdraftmode=1
\ifdefined\cvrest\else\newdimen\cvrest\fi
\newcommand*{\cvbreakoff}{\ifhmode\unskip\unskip\par\fi \ifdim\cvrest>0pt \special{cv s \strip@pt\cvrest}\fi \cvrest=0pt }
\newcommand*{\cvunit}[1]{\cvbreakoff\special{cv #1}}
\def\cvstay{\special{cv k}}
\def\cvrestless#1{\special{cv r \strip@pt\dimexpr#1\relax}}
\newcommand*{\cvchunk}{\cvbreakoff\penalty-10000\special{cv c}\hbox{\strut}}
\def\cvscaled#1{\glueexpr1\dimexpr#1\relax plus .00002filll\relax}
\AddToHook{begindocument/end}{%
  \immediate\write-1{cv sizes
    \strip@pt\textheight\space\strip@pt\dimexpr\topskip\relax\space\strip@pt\maxdepth\space
    \strip@pt\dimexpr\baselineskip\relax\space\strip@pt\dimexpr\lineskip\relax\space\strip@pt\lineskiplimit}%
  \global\vsize=\maxdimen \global\vbadness=10000 \global\vfuzz=\maxdimen
  \global\output={\setbox\z@\vbox{\unvbox\@cclv}\let\protect\noexpand
    \tracingoutput=1 \showboxbreadth=\maxdimen \showboxdepth=1
    \csname tex_shipout:D\endcsname\box\z@ \deadcycles\z@}}
\makeatother
)";
}

}  // namespace cvgen::typeset
