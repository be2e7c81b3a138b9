// Documents on their way to the disk.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/target.hpp"
#include "diag/diagnostic.hpp"

namespace cvgen::cli {

// A document that is one file. False: E0802.
bool write_product(const Target& target, const std::string& bytes, diag::Sink& sink);

struct Pictures {
  std::vector<std::string> paths;
  std::string names;    // "cv-1.png, cv-2.png"
  std::string remains;  // a page beyond the last that is there, of a longer run before; empty: none
};

// One PNG for each page: cv.png if it is one, else cv-1.png, cv-2.png and so on. `untouchable` are files, links resolved,
// that must stay as they are: the CV and its photo. Nothing: E0802.
std::optional<Pictures> write_pictures(const Target& target, const std::vector<std::string>& pages, const std::vector<std::string>& untouchable,
                                       diag::Sink& sink);

}  // namespace cvgen::cli
