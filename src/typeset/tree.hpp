// A TeX tree of links to just the files that runs use, with a small font map and a texmf.cnf, so that little has to be read
// to find them.
#pragma once

#include <string>

#include "typeset/manifest.hpp"

namespace cvgen::typeset {

// Makes the tree in `folder`, or adds to it. True if it holds all that was found; then manifest.map_digest is set.
bool write_tree(const std::string& folder, Manifest& manifest);

}  // namespace cvgen::typeset
