// Whether a document is still what its inputs would give, so that there is nothing to do.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/compile.hpp"
#include "cli/look.hpp"
#include "typeset/pdflatex.hpp"

namespace cvgen::cli {

// A digest of all that a document depends on, the TeX installation apart: the files read, the variant, look and options, the
// photo, and cvgen itself.
std::string digest_of_inputs(const Input& input, const model::Variant& variant, const Look& look, const CompileOptions& options,
                             const std::vector<typeset::Asset>& assets, const diag::Sources& sources);

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
