#include "cli/measured.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "write/latex/document.hpp"

namespace cvgen::cli {
namespace {

typeset::Outline outline_of(const select::Units& units, const model::Cv& cv, const model::Template& look, const model::ResolvedSettings& settings) {
  std::set<diag::Span> beside;
  for (const auto& section : cv.sections) {
    if (latex::in_side(section, look, settings)) beside.insert(section.span);
  }
  typeset::Outline result;
  for (const auto& unit : units.list) {
    result.pieces.push_back({unit.parent, unit.section, unit.kind == select::Unit::Kind::point, beside.contains(units.sections[static_cast<std::size_t>(unit.section)])});
  }
  return result;
}

}  // namespace

Measured::Measured(typeset::Galley galley, typeset::Memory files, const Subject& subject, const select::Units& units, model::ResolvedSettings settings)
    : galley_(std::move(galley)),
      outline_(outline_of(units, subject.loaded.cv, subject.look.look, settings)),
      settings_(std::move(settings)),
      files_(std::move(files)) {}

Stretch Measured::stretch() const {
  const auto value = [&](std::string_view name) {
    const auto found = settings_.find(name);
    return found == settings_.end() ? std::string() : found->second;
  };
  return {value("spacing"), value("vmargin")};
}

typeset::Scaled Measured::page_height(const Stretch& stretch) const {
  const auto here = model::points(stretch.vmargin), there = model::points(this->stretch().vmargin);
  if (!here || !there) return galley_.measures.text_height;
  return galley_.measures.text_height - std::llround(2 * (*here - *there) * static_cast<double>(typeset::point));
}

typeset::Pages Measured::pages(const std::vector<bool>& kept, const Stretch& stretch, int most, typeset::Scaled spared) const {
  const auto& m = galley_.measures;
  const auto broken = [&](bool side) {
    return typeset::break_pages(typeset::arrange(galley_, outline_, kept, stretch.spacing.empty() ? "1" : stretch.spacing, side), {page_height(stretch) - spared, m.top_skip, m.max_depth}, most);
  };
  const auto main = broken(false);
  if (std::none_of(outline_.pieces.begin(), outline_.pieces.end(), [](const typeset::Outline::Piece& p) { return p.side; })) return main;
  const auto side = broken(true);
  return std::max(main, side, [](const typeset::Pages& a, const typeset::Pages& b) { return std::pair(a.count, a.last) < std::pair(b.count, b.last); });
}

bool Measured::is_beside(std::size_t section) const {
  const auto piece = std::find_if(outline_.pieces.begin(), outline_.pieces.end(), [&](const auto& one) { return one.heading == static_cast<int>(section); });
  return piece != outline_.pieces.end() && piece->side;
}

typeset::Scaled Measured::height_of(std::size_t unit) const {
  typeset::Scaled sum = 0;
  for (auto i = unit; i < outline_.pieces.size() && (i == unit || outline_.pieces[i].parent >= static_cast<int>(unit)); ++i) {
    for (const auto& node : galley_.pieces[i].own) {
      if (node.kind == typeset::Node::Kind::box) sum += std::max(node.baselineskip, node.size + node.depth);
    }
  }
  return sum;
}

}  // namespace cvgen::cli
