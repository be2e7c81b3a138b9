// A document that has a page budget as it was made to fit the last time, set by TeX while it is measured: most edits change nothing
// about how it fits. What was guessed wrongly is thrown away.
#pragma once

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "diag/diagnostic.hpp"
#include "model/template.hpp"
#include "typeset/pdflatex.hpp"
#include "write/latex/document.hpp"

namespace cvgen::cli {

// How a document was made to fit.
struct Fitted {
  std::vector<bool> kept;           // of its units
  model::ResolvedSettings changed;  // settings
  typeset::Memory left;             // by the last pass of TeX
};

// The last time, for a document of that name; nothing if that isn't known.
std::optional<Fitted> find_fitted(const typeset::Cache& cache, const std::string& name);
void keep_fitted(const typeset::Cache& cache, const std::string& name, const Fitted& fitted);

class Guess {
 public:
  // Starts TeX. `job`: a run of this document.
  Guess(std::unique_ptr<const latex::Document> document, typeset::Job job);
  Guess(const Guess&) = delete;
  Guess& operator=(const Guess&) = delete;
  // Ends TeX.
  ~Guess();

  // What came of it, if that is the document and it has no more than so many pages.
  std::optional<typeset::Product> product(const std::string& tex, int most_pages, diag::Sink& sink);

 private:
  std::unique_ptr<const latex::Document> document_;
  typeset::Job job_;
  diag::Sink sink_;
  std::atomic<int> failures_kept_ = 0;
  std::stop_source stop_;
  std::stop_callback<std::function<void()>> outer_stop_;
  std::future<std::optional<typeset::Product>> result_;
};

}  // namespace cvgen::cli
