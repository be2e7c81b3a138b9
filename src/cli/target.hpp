// Where the product goes, and in which format.
#pragma once

#include <string>
#include <vector>

#include "cli/options.hpp"

namespace cvgen::cli {

enum class Format { pdf, tex };

struct Target {
  std::string path;  // "-": standard output
  Format format = Format::pdf;
};

// What -o and --to say of the format; throws UsageError.
Format format_of_output(const Arguments& arguments);

// A single document: -o names the file. Several: -o names a folder (default: the current one), and the names are
// cv.pdf or, with a variant, cv-short.pdf.
Target single_target(const Arguments& arguments, const std::string& input);
Target target_in_folder(const Arguments& arguments, const std::string& input, const std::string& variant);

// Refuses to overwrite the input; throws UsageError.
void check_target(const Target& target, const std::string& input);

}  // namespace cvgen::cli
