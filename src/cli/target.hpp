// Where the products go, and in which format.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/options.hpp"

namespace cvgen::cli {

enum class Format { pdf, tex, png };

struct Target {
  std::string path;  // "-": standard output
  Format format = Format::pdf;
};

// The rule by which documents get their names, read once from the command line.
struct Naming {
  bool in_folder = false;      // `output` is a folder, and the names are cv.pdf or, with a variant, cv-short.pdf
  bool with_variant = false;
  std::string letter;          // which the documents are: cv-acme.pdf; empty: none
  std::string output;          // empty: not given
  Format format = Format::pdf;
};

// What -o, --to and the variants say. Throws UsageError.
Naming naming_of(const Arguments& arguments, const std::vector<std::string>& inputs);

// Throws UsageError.
Target target_of(const Naming& naming, const std::string& input, const std::string& variant);

// "pdf" of out/cv.pdf; empty if it has none.
std::string ending_of(const std::string& path);

// The base of the names of an input's documents: dir/cv.xml -> cv.
std::string stem(const std::string& input);

}  // namespace cvgen::cli
