#include "cli/measuring.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "typeset/digest.hpp"

namespace cvgen::cli {
namespace {

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

}  // namespace

Measuring::Measuring(const Subject& subject, const select::Units& units, model::ResolvedSettings settings)
    : subject_(subject), units_(units), settings_(std::move(settings)), marks_(marks_of(units)), name_(name_with(settings_, subject.name)) {}

bool Measuring::was_done() const { return subject_.is_remembered() && has_known(*subject_.cache, name_); }

std::optional<Part> Measuring::known() {
  find_blocks();
  auto pieces = find_pieces();
  if (!pieces) return std::nullopt;
  std::vector<bool> units(units_.list.size(), true);
  for (const auto i : pieces->missing) {
    const auto first = static_cast<std::ptrdiff_t>(blocks_->list[i].unit);
    std::fill_n(units.begin() + first, size_of(blocks_->list[i].unit, units_), false);
  }
  return Part{measured({std::move(pieces->galley), {}}), std::move(units)};
}

std::optional<Measured> Measuring::run(std::stop_token stop, diag::Sink& sink) {
  auto result = find_or_measure(stop, sink);
  return result ? std::optional(measured(*std::move(result))) : std::nullopt;
}

Measured Measuring::measured(Result result) const { return {std::move(result.first), std::move(result.second), subject_, units_, settings_}; }

std::optional<Measuring::Result> Measuring::find_or_measure(const std::stop_token& stop, diag::Sink& sink) {
  find_blocks();
  if (auto result = measure_missing(stop)) return result;
  if (stop.stop_requested()) return std::nullopt;
  auto result = measure(all_, stop, sink);
  if (!result) return result;
  if (!blocks_) find_blocks();  // now the format may be there
  if (blocks_) keep_known(*subject_.cache, name_, known_of(*blocks_, units_, result->first, result->second));
  return result;
}

latex::Document Measuring::document_of(const model::Cv& cv) const {
  return latex::document(cv, subject_.look.look, settings_, subject_.photo, subject_.engine.document_fonts(), &marks_);
}

typeset::Job Measuring::job(const latex::Document& document, const std::stop_token& stop) const {
  auto job = subject_.job(document);
  job.name = name_;
  job.stop = stop;
  if (basis_) job.format = &basis_->format;
  return job;
}

void Measuring::find_blocks() {
  if (blocks_) return;
  if (all_.text.empty()) all_ = document_of(subject_.loaded.cv);
  if (!subject_.is_remembered()) return;
  basis_ = typeset::basis(job(all_, {}));
  if (!basis_) return;
  blocks_ = blocks_of(all_.text, units_);
  blocks_->frame = typeset::Digest().add(basis_->digest).add(blocks_->frame).hex();
}

std::optional<Measuring::Pieces> Measuring::find_pieces() const {
  auto known = blocks_ ? find_known(*subject_.cache, name_) : std::nullopt;
  if (!known || known->frame != blocks_->frame || known->galley.headings.size() != units_.sections.size()) return std::nullopt;
  auto galley = known->galley;
  galley.pieces.resize(units_.list.size());
  Pieces pieces{*std::move(known), std::move(galley), {}};
  for (std::size_t i = 0; i < blocks_->list.size(); ++i) {
    if (!put_pieces(pieces.known, blocks_->list[i], units_, pieces.galley)) pieces.missing.push_back(i);
  }
  return pieces;
}

std::optional<Measuring::Result> Measuring::measure(const latex::Document& document, const std::stop_token& stop, diag::Sink& sink) const {
  auto trace = typeset::trace(job(document, stop), sink);
  if (!trace) return std::nullopt;
  auto galley = typeset::read_galley(trace->log, units_.sections.size(), units_.list.size());
  if (!galley) {
    sink.add(diag::nowhere(diag::Code::E0705, "TeX did not tell how high the parts of the document are"));
    return std::nullopt;
  }
  return Result(*std::move(galley), std::move(trace->files));
}

// No more of the document than has changed. Nothing if too much has.
std::optional<Measuring::Result> Measuring::measure_missing(const std::stop_token& stop) const {
  auto pieces = find_pieces();
  if (!pieces) return std::nullopt;
  auto result = Result(std::move(pieces->galley), pieces->known.files);
  if (pieces->missing.empty()) return result;
  std::set<std::size_t> wanted;
  for (const auto i : pieces->missing) {
    const auto& block = blocks_->list[i];
    wanted.insert(outermost(block.unit));
    // What it stands below, unless that is a heading.
    if (!block.bare && i > 0 && !blocks_->list[i - 1].bare) wanted.insert(blocks_->list[i - 1].unit);
  }
  const auto outer = static_cast<std::size_t>(std::count_if(units_.list.begin(), units_.list.end(), [](const select::Unit& unit) { return unit.parent < 0; }));
  if (!blocks_->separable || wanted.size() * 2 > outer) return std::nullopt;
  diag::Sink ignored;  // what is wrong with it is told when all of it is measured
  const auto part = document_of(with_only(subject_.loaded.cv, wanted, marks_));
  const auto measured = measure(part, stop, ignored);
  if (!measured || measured->first.measures != pieces->known.galley.measures) return std::nullopt;
  for (const auto i : pieces->missing) copy_pieces(measured->first, blocks_->list[i], units_, result.first);
  keep_known(*subject_.cache, name_, known_of(*blocks_, units_, result.first, result.second));
  return result;
}

// The unit that it is in, and that is in no other.
std::size_t Measuring::outermost(std::size_t unit) const {
  while (units_.list[unit].parent >= 0) unit = static_cast<std::size_t>(units_.list[unit].parent);
  return unit;
}

Measurings::Measurings(const Subject& subject, const select::Units& units, std::stop_token stop)
    : subject_(subject), units_(units), outer_stop_(std::move(stop), [this] { stop_.request_stop(); }) {}

Measurings::~Measurings() { stop_.request_stop(); }

Measurings::One& Measurings::one(const model::ResolvedSettings& settings) {
  const auto there = std::find_if(list_.begin(), list_.end(), [&](const One& one) { return one.settings == settings; });
  if (there != list_.end()) return *there;
  return list_.emplace_back(settings, Measuring(subject_, units_, settings));
}

Measuring& Measurings::with(const model::ResolvedSettings& settings) { return one(settings).measuring; }

void Measurings::begin(const model::ResolvedSettings& settings) {
  auto& begun = one(settings);
  begun.result = std::async(std::launch::async, [&begun, stop = stop_.get_token()] { return begun.measuring.run(stop, begun.sink); });
}

std::optional<Measured> Measurings::get(const model::ResolvedSettings& settings, diag::Sink& sink) {
  auto& wanted = one(settings);
  if (!wanted.result.valid()) return wanted.measuring.run(stop_.get_token(), sink);
  auto result = wanted.result.get();
  sink.merge(wanted.sink);
  return result;
}

}  // namespace cvgen::cli
