// Whether a document is still what its inputs would give, so that there is nothing to do.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/look.hpp"
#include "diag/source.hpp"
#include "typeset/pdflatex.hpp"

namespace cvgen::cli {

// What a document that is made to fit its pages depends on beside its text.
struct FittedInputs {
  const diag::Sources& sources;  // weights
  const Look& look;              // how far it may go
  std::optional<int> pages;
  bool fill = false;
  bool among_others = false;     // which changes how it is told
};

// A digest of all that a document depends on, the TeX installation apart: the LaTeX of all of it, which holds what its
// inputs, options and template say, the photo, and cvgen itself. `what` is how the document is called; null: it is not fitted.
std::string digest_of_inputs(const std::string& what, const std::string& tex, const std::vector<typeset::Asset>& assets, const FittedInputs* fitted);

// What was said of it.
struct Remembered {
  std::string what;         // "3 pages, 216 KiB"
  std::string fit;          // as in Compiled
  std::string fit_details;
};

// Of the file at `path`, if it is as it was written, from the same inputs, with the TeX installation that is there now.
std::optional<Remembered> find_rendered(const typeset::Cache& cache, const std::string& path, const std::string& inputs);
// Only of documents of which TeX had nothing to warn: warnings come every time.
void remember_rendered(const typeset::Cache& cache, const std::string& path, const std::string& inputs, const typeset::Product& product, const Remembered& rendered);

}  // namespace cvgen::cli
