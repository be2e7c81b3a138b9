// A TeX tree of links to just the files that runs use, with a small font map, a texmf.cnf and fonts without the glyphs that their
// encodings don't name, so that little has to be read to find and to use them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "typeset/manifest.hpp"

namespace cvgen::typeset {

// Makes the tree in `folder`, or adds to it. True if it holds all that was found; then manifest.tree_digest is set.
bool write_tree(const std::string& folder, Manifest& manifest);

// Those of the tree that are more than links, and with them the fonts that are no more; what manifest.tree_digest is of.
std::vector<std::string> own_files(const std::string& folder, const Manifest& manifest);
std::optional<std::string> digest_of_tree(const std::string& folder, const Manifest& manifest);

}  // namespace cvgen::typeset
