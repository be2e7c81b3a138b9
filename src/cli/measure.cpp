#include "cli/measure.hpp"

#include <fmt/format.h>

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

latex::Marks marks_of(const select::Units& units) {
  latex::Marks result;
  for (std::size_t i = 0; i < units.sections.size(); ++i) result.sections[units.sections[i]] = i;
  for (std::size_t i = 0; i < units.list.size(); ++i) result.units[units.list[i].span] = i;
  result.preamble = typeset::measuring_preamble();
  return result;
}

std::string name_with(const model::ResolvedSettings& settings, std::string name) {
  for (const auto& [setting, value] : settings) {
    if (!name.empty()) name += fmt::format("\n{}={}", setting, value);
  }
  return name;
}

}  // namespace

bool Measured::was_made(const Subject& subject, const model::ResolvedSettings& settings) {
  return subject.cache != nullptr && !subject.name.empty() && typeset::has_trace(*subject.cache, name_with(settings, subject.name));
}

std::optional<Measured> Measured::make(const Subject& subject, const select::Units& units, const model::ResolvedSettings& settings, std::stop_token stop, diag::Sink& sink) {
  const auto& cv = subject.loaded.cv;
  const auto& look = subject.look.look;
  const auto marks = marks_of(units);
  const auto document = latex::document(cv, look, settings, subject.photo, subject.engine.document_fonts(), &marks);
  auto job = subject.job(document);
  job.name = name_with(settings, subject.name);
  job.stop = std::move(stop);
  auto trace = typeset::trace(job, sink);
  if (!trace) return std::nullopt;
  auto galley = typeset::read_galley(trace->log, units.sections.size(), units.list.size());
  if (!galley) {
    sink.add(diag::nowhere(diag::Code::E0705, "TeX did not tell how high the parts of the document are"));
    return std::nullopt;
  }
  Measured result;
  result.galley_ = std::move(*galley);
  result.outline_ = outline_of(units, cv, look, settings);
  result.settings_ = settings;
  result.files_ = std::move(trace->files);
  return result;
}

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
