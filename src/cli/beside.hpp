// Files that a CV names. They must lie beside or below it.
#pragma once

#include <string>

#include "io/result.hpp"

namespace cvgen::cli {

// What `name` means in a file of `folder`.
std::string path_in(const std::string& folder, const std::string& name);

// Whether it lies in the folder `root`, at any depth, or is that folder; links are followed.
bool is_below(const std::string& root, const std::string& path);

// The absolute path of a regular file, links resolved. A Failure, with words that can follow its name, if there is none or
// it lies outside of `root`, a folder.
io::Result<std::string> find_beside(const std::string& root, const std::string& path);

}  // namespace cvgen::cli
