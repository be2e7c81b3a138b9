#include "cli/measure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "cli/pieces.hpp"
#include "typeset/digest.hpp"
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

diag::Span span_of(const model::Item& item) {
  return std::visit([](const auto& value) {
    if constexpr (std::is_same_v<std::decay_t<decltype(value)>, model::Paragraph> || std::is_same_v<std::decay_t<decltype(value)>, model::Highlight>) return value.text.span;
    else return value.span;
  }, item);
}

// The CV with these of its units that are in no other. What has no unit of its own goes with the one before it.
model::Cv with_only(model::Cv cv, const std::set<std::size_t>& wanted, const latex::Marks& marks) {
  for (auto& section : cv.sections) {
    bool keep = false;
    std::erase_if(section.items, [&](const model::Item& item) {
      if (const auto unit = marks.units.find(span_of(item)); unit != marks.units.end()) keep = wanted.contains(unit->second);
      return !keep;
    });
  }
  return cv;
}

// One measuring, from the document to the galley.
class Measuring {
 public:
  Measuring(const Subject& subject, const select::Units& units, const model::ResolvedSettings& settings, std::stop_token stop, diag::Sink& sink)
      : subject_(subject), units_(units), settings_(settings), stop_(std::move(stop)), sink_(sink), marks_(marks_of(units)), name_(name_with(settings, subject.name)) {}

  // The galley, and the files that TeX left. Nothing if TeX failed.
  std::optional<std::pair<typeset::Galley, typeset::Memory>> run() {
    const auto all = document_of(subject_.loaded.cv);
    if (const auto blocks = find_blocks(all)) {
      if (auto galley = from_known(*blocks)) return galley;
      if (stop_.stop_requested()) return std::nullopt;
    }
    auto measured = measure(all, sink_);
    // Now the format may be there, or know more.
    const auto blocks = measured ? find_blocks(all) : std::nullopt;
    if (blocks) keep_known(*subject_.cache, name_, known_of(*blocks, units_, measured->first, measured->second));
    return measured;
  }

  // What is known of the galley without TeX, and of which units that is.
  std::optional<std::pair<typeset::Galley, std::vector<bool>>> known() {
    const auto blocks = find_blocks(document_of(subject_.loaded.cv));
    auto part = blocks ? find_part(*blocks) : std::nullopt;
    if (!part) return std::nullopt;
    std::vector<bool> units(units_.list.size(), true);
    for (const auto i : part->missing) {
      const auto first = static_cast<std::ptrdiff_t>(blocks->list[i].unit);
      std::fill_n(units.begin() + first, size_of(blocks->list[i].unit, units_), false);
    }
    return std::pair(std::move(part->galley), std::move(units));
  }

 private:
  // Nothing if none of it can be remembered.
  std::optional<Blocks> find_blocks(const latex::Document& document) {
    if (!subject_.is_remembered()) return std::nullopt;
    basis_ = typeset::basis(job(document));
    if (!basis_) return std::nullopt;
    auto blocks = blocks_of(document.text, units_);
    blocks.frame = typeset::Digest().add(basis_->digest).add(blocks.frame).hex();
    return blocks;
  }

  latex::Document document_of(const model::Cv& cv) const {
    return latex::document(cv, subject_.look.look, settings_, subject_.photo, subject_.engine.document_fonts(), &marks_);
  }

  typeset::Job job(const latex::Document& document) const {
    auto job = subject_.job(document);
    job.name = name_;
    job.stop = stop_;
    if (basis_) job.format = &basis_->format;
    return job;
  }

  std::optional<std::pair<typeset::Galley, typeset::Memory>> measure(const latex::Document& document, diag::Sink& sink) const {
    auto trace = typeset::trace(job(document), sink);
    if (!trace) return std::nullopt;
    auto galley = typeset::read_galley(trace->log, units_.sections.size(), units_.list.size());
    if (!galley) {
      sink.add(diag::nowhere(diag::Code::E0705, "TeX did not tell how high the parts of the document are"));
      return std::nullopt;
    }
    return std::pair(*std::move(galley), std::move(trace->files));
  }

  // What there is of the galley without TeX, and what is not.
  struct Part {
    Known known;
    typeset::Galley galley;
    std::vector<std::size_t> missing;  // numbers of blocks
  };

  std::optional<Part> find_part(const Blocks& blocks) const {
    auto known = find_known(*subject_.cache, name_);
    if (!known || known->frame != blocks.frame || known->galley.headings.size() != units_.sections.size()) return std::nullopt;
    auto galley = known->galley;
    galley.pieces.resize(units_.list.size());
    Part part{*std::move(known), std::move(galley), {}};
    for (std::size_t i = 0; i < blocks.list.size(); ++i) {
      if (!put_pieces(part.known, blocks.list[i], units_, part.galley)) part.missing.push_back(i);
    }
    return part;
  }

  // With no more of the document than has changed. Nothing if too much has.
  std::optional<std::pair<typeset::Galley, typeset::Memory>> from_known(const Blocks& blocks) {
    auto part = find_part(blocks);
    if (!part) return std::nullopt;
    auto result = std::pair(std::move(part->galley), part->known.files);
    if (part->missing.empty()) return result;
    std::set<std::size_t> wanted;
    for (const auto i : part->missing) {
      const auto& block = blocks.list[i];
      wanted.insert(outermost(block.unit));
      // What it stands below, unless that is a heading.
      if (!block.bare && i > 0 && !blocks.list[i - 1].bare) wanted.insert(blocks.list[i - 1].unit);
    }
    const auto outer = static_cast<std::size_t>(std::count_if(units_.list.begin(), units_.list.end(), [](const select::Unit& unit) { return unit.parent < 0; }));
    if (!blocks.separable || wanted.size() * 2 > outer) return std::nullopt;
    diag::Sink ignored;  // what is wrong with it is told when all of it is measured
    const auto measured = measure(document_of(with_only(subject_.loaded.cv, wanted, marks_)), ignored);
    if (!measured || measured->first.measures != part->known.galley.measures) return std::nullopt;
    for (const auto i : part->missing) copy_pieces(measured->first, blocks.list[i], units_, result.first);
    keep_known(*subject_.cache, name_, known_of(blocks, units_, result.first, result.second));
    return result;
  }

  // The unit that it is in, and that is in no other.
  std::size_t outermost(std::size_t unit) const {
    while (units_.list[unit].parent >= 0) unit = static_cast<std::size_t>(units_.list[unit].parent);
    return unit;
  }

  const Subject& subject_;
  const select::Units& units_;
  const model::ResolvedSettings& settings_;
  std::stop_token stop_;
  diag::Sink& sink_;
  latex::Marks marks_;
  std::string name_;
  std::optional<typeset::Basis> basis_;
};

}  // namespace

bool Measured::was_made(const Subject& subject, const model::ResolvedSettings& settings) {
  return subject.is_remembered() && has_known(*subject.cache, name_with(settings, subject.name));
}

std::optional<Measured> Measured::make(const Subject& subject, const select::Units& units, const model::ResolvedSettings& settings, std::stop_token stop, diag::Sink& sink) {
  auto measured = Measuring(subject, units, settings, std::move(stop), sink).run();
  if (!measured) return std::nullopt;
  return Measured(std::move(measured->first), outline_of(units, subject.loaded.cv, subject.look.look, settings), settings, std::move(measured->second));
}

std::optional<std::pair<Measured, std::vector<bool>>> Measured::known(const Subject& subject, const select::Units& units, const model::ResolvedSettings& settings) {
  diag::Sink none;
  auto part = Measuring(subject, units, settings, {}, none).known();
  if (!part) return std::nullopt;
  return std::pair(Measured(std::move(part->first), outline_of(units, subject.loaded.cv, subject.look.look, settings), settings, {}), std::move(part->second));
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
