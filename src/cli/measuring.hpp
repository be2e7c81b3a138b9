// Has a variant measured by TeX with given settings, as little of it as is not known yet.
#pragma once

#include <functional>
#include <future>
#include <list>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "cli/measured.hpp"
#include "cli/pieces.hpp"
#include "write/latex/document.hpp"

namespace cvgen::cli {

// What is known of a variant without TeX, which may lack some of the units.
struct Part {
  Measured measured;
  std::vector<bool> units;  // that it has
};

// One measuring, from the document to the galley.
class Measuring {
 public:
  // Subject and units must outlive it.
  Measuring(const Subject& subject, const select::Units& units, model::ResolvedSettings settings);

  // Whether it was ever done, with the variant as it is or before it was changed.
  bool was_done() const;
  // Without TeX; nothing if nothing is known.
  std::optional<Part> known();
  // Runs TeX once, unless all is known; nothing if that failed, or was stopped.
  std::optional<Measured> run(std::stop_token stop, diag::Sink& sink);

 private:
  using Result = std::pair<typeset::Galley, typeset::Memory>;
  // What there is of the galley without TeX, and what is not.
  struct Pieces {
    Known known;
    typeset::Galley galley;
    std::vector<std::size_t> missing;  // numbers of blocks
  };

  std::optional<Result> find_or_measure(const std::stop_token& stop, diag::Sink& sink);
  latex::Document document_of(const model::Cv& cv) const;
  typeset::Job job(const latex::Document& document, const std::stop_token& stop) const;
  void find_blocks();
  std::optional<Pieces> find_pieces() const;
  std::optional<Result> measure(const latex::Document& document, const std::stop_token& stop, diag::Sink& sink) const;
  std::optional<Result> measure_missing(const std::stop_token& stop) const;
  std::size_t outermost(std::size_t unit) const;
  Measured measured(Result result) const;

  const Subject& subject_;
  const select::Units& units_;
  model::ResolvedSettings settings_;
  latex::Marks marks_;
  std::string name_;
  latex::Document all_;
  std::optional<typeset::Basis> basis_;
  std::optional<Blocks> blocks_;  // nothing if none of it can be remembered
};

// Several of one variant, which may go on side by side.
class Measurings {
 public:
  // `stop` ends all of them.
  Measurings(const Subject& subject, const select::Units& units, std::stop_token stop);
  Measurings(const Measurings&) = delete;
  Measurings& operator=(const Measurings&) = delete;
  // Ends those that nobody waits for.
  ~Measurings();

  Measuring& with(const model::ResolvedSettings& settings);
  // Begins one that is likely to be needed.
  void begin(const model::ResolvedSettings& settings);
  // Its outcome, see Measuring::run; the sink gets what was wrong.
  std::optional<Measured> get(const model::ResolvedSettings& settings, diag::Sink& sink);

 private:
  struct One {
    model::ResolvedSettings settings;
    Measuring measuring;
    diag::Sink sink;
    std::future<std::optional<Measured>> result;
  };
  One& one(const model::ResolvedSettings& settings);

  const Subject& subject_;
  const select::Units& units_;
  std::stop_source stop_;
  std::stop_callback<std::function<void()>> outer_stop_;
  std::list<One> list_;
};

}  // namespace cvgen::cli
