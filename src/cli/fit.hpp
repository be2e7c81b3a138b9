// A variant made to fit its pages: what is tightened or loosened, and what is left out.
#pragma once

#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cli/measuring.hpp"
#include "cli/session.hpp"

namespace cvgen::cli {

struct FitRequest {
  std::optional<int> pages;
  bool fill = false;
  std::stop_token stop = {};
};

struct LeftOut {
  std::string name;
  std::string file;
  std::uint32_t line = 0;
  int weight = 0;
};

struct Changed {
  std::string setting, from, to;
};

struct Fitting {
  std::vector<bool> kept;  // of the units
  std::set<diag::Span> dropped;
  model::ResolvedSettings settings;
  std::vector<bool> sections;  // which are still there
  typeset::Pages pages;
  double full = 0;  // of the last page, 1: all of it
  std::vector<LeftOut> left_out;
  std::size_t units = 0;  // of which they were left out
  std::vector<Changed> changed;
};

// Measures, plans, and keeps the count of TeX runs.
class Fitter {
 public:
  // `root`: all of the CV.
  Fitter(Subject subject, const xml::Element& root, const diag::Sources& sources);

  // Nothing: what must stay doesn't fit (E0505), or TeX failed.
  std::optional<Fitting> fit(const FitRequest& request, diag::Sink& sink);
  // Again, after the document came out longer than planned by so many pages.
  std::optional<Fitting> correct(int surplus, diag::Sink& sink);

  // What the final document's first pass would otherwise have to find out.
  typeset::Memory earlier_files(const Fitting& fitting) const;
  int tex_runs() const { return runs_; }
  // The units that these flags don't keep; nothing if they are of another document.
  std::optional<std::set<diag::Span>> without(const std::vector<bool>& kept) const;

 private:
  bool measure(Measurings& measurings, const model::ResolvedSettings& settings, diag::Sink& sink);
  model::ResolvedSettings bounded(std::initializer_list<const char*> names) const;
  std::vector<Stretch> ladder(const Measured& measured) const;
  bool is_hopeless(Measuring& measuring, int most) const;
  std::optional<Stretch> least_tightening(int most) const;
  bool tighten(int most, diag::Sink& sink);
  std::optional<Fitting> plan(diag::Sink& sink);
  void loosen();
  void relax();
  void complain(const std::vector<bool>& musts, diag::Sink& sink) const;
  double full(int most) const;
  Fitting result() const;

  Subject subject_;
  const Look& look_;
  const diag::Sources& sources_;
  select::Units units_;
  FitRequest request_;
  std::optional<Measured> measured_;
  Stretch stretch_;
  Stretch planned_;  // with which the plan was made; stretch_ may be looser
  std::vector<bool> kept_;
  typeset::Scaled spared_ = 0;
  int runs_ = 0;
};

}  // namespace cvgen::cli
