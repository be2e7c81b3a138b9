#include "cli/fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "select/apply.hpp"
#include "select/plan.hpp"
#include "typeset/earlier.hpp"

namespace cvgen::cli {
namespace {

constexpr int any_number = 1'000'000;

// From one value to another in steps that one hardly sees, without the first; the last is just as given.
std::vector<std::string> steps(const std::string& from, const std::string& to) {
  constexpr double points_per_cm = 72.27 / 2.54;
  const bool length = model::points(from).has_value();
  const auto size = [&](const std::string& text) {
    if (length) return *model::points(text) / points_per_cm;
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  };
  const double first = size(from), last = size(to);
  const int count = std::max(1, static_cast<int>(std::ceil(std::abs(last - first) / 0.05 - 1e-6)));
  std::vector<std::string> result;
  for (int i = 1; i < count; ++i) result.push_back(fmt::format("{:.2f}{}", first + (last - first) * i / count, length ? "cm" : ""));
  result.push_back(to);
  return result;
}

select::Units units_of(const xml::Element& root, const model::Variant& variant) {
  xml::Arena memory;
  return select::units(select::apply(root, variant, memory));
}

}  // namespace

Fitter::Fitter(Subject subject, const xml::Element& root, const diag::Sources& sources)
    : subject_(std::move(subject)), look_(subject_.look), sources_(sources), units_(units_of(root, subject_.loaded.variant)) {}

bool Fitter::measure(Measurings& measurings, const model::ResolvedSettings& settings, diag::Sink& sink) {
  ++runs_;
  auto made = measurings.get(settings, sink);
  if (!made) return false;
  measured_ = std::move(made);
  stretch_ = measured_->stretch();
  return true;
}

// What can be had of this measuring, from the loosest to the tightest: first the spacing, then the margin.
std::vector<Stretch> Fitter::ladder(const Measured& measured) const {
  std::vector<Stretch> result = {measured.stretch()};
  const auto& tight = look_.bounds.tight;
  if (const auto bound = tight.find("spacing"); bound != tight.end()) {
    for (auto& spacing : steps(result.front().spacing, bound->second)) result.push_back({std::move(spacing), result.front().vmargin});
  }
  if (const auto bound = tight.find("vmargin"); bound != tight.end()) {
    const auto spacing = result.back().spacing;
    for (auto& margin : steps(result.front().vmargin, bound->second)) result.push_back({spacing, std::move(margin)});
  }
  return result;
}

std::optional<Stretch> Fitter::least_tightening(int most) const {
  const auto rungs = ladder(*measured_);
  const std::vector<bool> all(units_.list.size(), true);
  const auto fits = [&](const Stretch& stretch) { return measured_->pages(all, stretch, most, spared_).count <= most; };
  if (!fits(rungs.back())) return std::nullopt;
  return *std::find_if(rungs.begin(), rungs.end(), fits);
}

// Told without TeX: what is known of it is too much already.
bool Fitter::is_hopeless(Measuring& measuring, int most) const {
  const auto known = measuring.known();
  if (!known) return false;
  const auto& [measured, units] = *known;
  // A page may end elsewhere when more stands on it, but not by so much.
  const auto margin = -3 * measured.line_height();
  return measured.pages(units, ladder(measured).back(), most, margin).count > most;
}

// The settings at their bounds that need a measuring of their own, since lines break elsewhere.
model::ResolvedSettings Fitter::bounded(std::initializer_list<const char*> names) const {
  auto result = look_.settings;
  for (const auto* name : names) {
    if (const auto bound = look_.bounds.tight.find(name); bound != look_.bounds.tight.end()) result[name] = bound->second;
  }
  return result;
}

// Looks for the least tightening with which everything fits: at first without measuring again, then at the tightest, and
// if that is more than needed, with narrower margins only. If there is none, the tightest it is.
bool Fitter::tighten(int most, diag::Sink& sink) {
  // Each unit has a line at least, so that this many are too many in any case.
  constexpr std::size_t most_lines = 100;
  const auto& usual = look_.settings;
  const auto narrow = bounded({"hmargin", "density"}), tightest = bounded({"hmargin", "density", "fontsize"});
  Measurings measurings(subject_, units_, request_.stop);
  if (select::countable(units_.list) > most_lines * static_cast<std::size_t>(most)) {
    if (!measure(measurings, tightest, sink)) return false;
    stretch_ = ladder(*measured_).back();
    return true;
  }
  const bool three = narrow != tightest && narrow != usual;
  // What was needed the last time is likely to be so again.
  const bool likely = tightest != usual && measurings.with(tightest).was_done();
  if (likely && is_hopeless(measurings.with(usual), most)) {
    ++runs_;  // as many as without the cache
    if (three && measurings.with(narrow).was_done()) measurings.begin(narrow);
  } else {
    if (likely) measurings.begin(tightest);
    if (!measure(measurings, usual, sink)) return false;
    if (const auto loose = least_tightening(most)) {
      stretch_ = *loose;
      return true;
    }
  }
  if (tightest != usual && !measure(measurings, tightest, sink)) return false;
  const auto found = least_tightening(most);
  stretch_ = found.value_or(ladder(*measured_).back());
  if (!found || !three) return true;
  auto small = std::move(measured_);
  if (!measure(measurings, narrow, sink)) return false;
  if (const auto enough = least_tightening(most)) {
    stretch_ = *enough;
  } else {
    measured_ = std::move(small);
    stretch_ = *found;
  }
  return true;
}

std::optional<Fitting> Fitter::plan(diag::Sink& sink) {
  const auto most = *request_.pages;
  stretch_ = planned_;
  auto plan = select::plan(units_.list, [&](const std::vector<bool>& kept) { return measured_->pages(kept, stretch_, most, spared_).count <= most; });
  kept_ = std::move(plan.kept);
  if (!plan.possible) {
    complain(kept_, sink);
    return std::nullopt;
  }
  relax();
  return result();
}

// What was left out may have been long, and the rest needs less tightening.
void Fitter::relax() {
  const auto most = *request_.pages;
  const auto rungs = ladder(*measured_);
  const auto fits = [&](const Stretch& stretch) { return measured_->pages(kept_, stretch, most, spared_).count <= most; };
  const auto found = std::find_if(rungs.begin(), rungs.end(), fits);
  if (found != rungs.end()) stretch_ = *found;
}

std::optional<Fitting> Fitter::fit(const FitRequest& request, diag::Sink& sink) {
  request_ = request;
  kept_.assign(units_.list.size(), true);
  if (request.pages) {
    if (!tighten(*request.pages, sink)) return std::nullopt;
    planned_ = stretch_;
    if (!plan(sink)) return std::nullopt;
  } else {
    Measurings measurings(subject_, units_, request_.stop);
    if (!measure(measurings, look_.settings, sink)) return std::nullopt;
  }
  if (request.fill) loosen();
  return result();
}

std::optional<Fitting> Fitter::correct(int surplus, diag::Sink& sink) {
  spared_ += surplus * 2 * measured_->line_height();
  if (!plan(sink)) return std::nullopt;
  if (request_.fill) loosen();
  return result();
}

// As much space as there can be without another page. If the last page is left with a few lines nevertheless, wider
// margins bring it some more.
void Fitter::loosen() {
  constexpr double enough = 0.25;
  const auto count = measured_->pages(kept_, stretch_, any_number, spared_).count;
  const auto try_steps = [&](const char* setting, std::string Stretch::*value, auto wanted) {
    const auto bound = look_.bounds.loose.find(setting);
    if (bound == look_.bounds.loose.end()) return;
    for (const auto& step : steps(stretch_.*value, bound->second)) {
      auto looser = stretch_;
      looser.*value = step;
      if (!wanted() || measured_->pages(kept_, looser, count, spared_).count > count) return;
      stretch_ = looser;
    }
  };
  try_steps("spacing", &Stretch::spacing, [] { return true; });
  try_steps("vmargin", &Stretch::vmargin, [&] { return count > 1 && full(count) < enough; });
}

double Fitter::full(int most) const {
  const auto pages = measured_->pages(kept_, stretch_, most);
  // Descenders may hang below the page.
  return std::min(1.0, static_cast<double>(pages.last) / static_cast<double>(measured_->page_height(stretch_)));
}

void Fitter::complain(const std::vector<bool>& musts, diag::Sink& sink) const {
  const auto pages = measured_->pages(musts, stretch_, any_number, spared_);
  const auto surplus = (pages.count - 1 - *request_.pages) * measured_->page_height(stretch_) + pages.last;
  const auto lines = std::max<typeset::Scaled>(1, (surplus + measured_->line_height() - 1) / measured_->line_height());
  const auto words = fmt::format("{} {}", lines, lines == 1 ? "line" : "lines");
  std::size_t largest = units_.list.size();
  for (std::size_t i = 0; i < units_.list.size(); ++i) {
    if (musts[i] && units_.list[i].kind != select::Unit::Kind::frame && (largest == units_.list.size() || measured_->height_of(i) > measured_->height_of(largest))) largest = i;
  }
  const auto room = fmt::format("{} {}", *request_.pages, *request_.pages == 1 ? "page" : "pages");
  if (largest == units_.list.size()) {
    sink.add(diag::nowhere(diag::Code::E0505, fmt::format("the head alone is {} too long for {}", words, room)).helps("allow it more pages"));
    return;
  }
  sink.add(diag::at(units_.list[largest].span, diag::Code::E0505, fmt::format("what must be kept is {} too long for {}", words, room))
               .label("the largest of it").helps("give something another weight than `must`, or allow more pages"));
}

Fitting Fitter::result() const {
  Fitting fitting;
  fitting.settings = measured_->settings();
  if (!stretch_.spacing.empty()) fitting.settings["spacing"] = stretch_.spacing;
  if (!stretch_.vmargin.empty()) fitting.settings["vmargin"] = stretch_.vmargin;
  fitting.sections.assign(units_.sections.size(), false);
  fitting.kept = kept_;
  fitting.dropped = *without(kept_);
  for (std::size_t i = 0; i < kept_.size(); ++i) {
    const auto& unit = units_.list[i];
    if (kept_[i]) {
      fitting.sections[static_cast<std::size_t>(unit.section)] = true;
      continue;
    }
    if (unit.kind == select::Unit::Kind::frame) continue;
    const auto& file = sources_.file(unit.span.file);
    fitting.left_out.push_back({unit.name, file.name(), file.position(unit.span.begin).line, unit.weight});
  }
  fitting.units = select::countable(units_.list);
  fitting.pages = measured_->pages(kept_, stretch_, any_number);
  fitting.full = full(any_number);
  for (const auto& [name, value] : fitting.settings) {
    if (const auto& from = look_.settings.find(name)->second; from != value) fitting.changed.push_back({name, from, value});
  }
  return fitting;
}

std::optional<std::set<diag::Span>> Fitter::without(const std::vector<bool>& kept) const {
  if (kept.size() != units_.list.size()) return std::nullopt;
  std::set<diag::Span> dropped;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (!kept[i]) dropped.insert(units_.list[i].span);
  }
  return dropped;
}

// Those of the second column are set first.
typeset::Memory Fitter::earlier_files(const Fitting& fitting) const {
  std::vector<bool> kept;
  for (const bool side : {true, false}) {
    for (std::size_t i = 0; i < fitting.sections.size(); ++i) {
      if (measured_->is_beside(i) == side) kept.push_back(fitting.sections[i]);
    }
  }
  return typeset::earlier_files(measured_->files(), kept, fitting.pages.count);
}

}  // namespace cvgen::cli
