// What fitting to pages did, in words or as JSON.
#pragma once

#include <string>

#include "cli/fit.hpp"

namespace cvgen::cli {

// "short: 1 page, 96 % full; left out 14 of 61 items (use -v to list)"; if verbose, with a line for each.
std::string fit_words(const std::string& name, const Fitting& fitting, bool verbose);

// One object on one line. `variant`: empty if the CV has none.
std::string fit_json(const std::string& file, const std::string& variant, const Fitting& fitting, int tex_runs);

}  // namespace cvgen::cli
