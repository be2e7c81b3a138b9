// Where TeX is installed, asked of kpsewhich.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "typeset/cache.hpp"

namespace cvgen::typeset {

// A path that a texmf.cnf, an environment variable and a command line of TeX take as it is.
bool is_plain(std::string_view path);

// The one beside the program, which knows the same trees, else the one on PATH.
std::optional<std::string> find_kpsewhich(const std::string& program);

// Where TeX has these files, by name; those that it has not are left out.
std::map<std::string, std::string, std::less<>> find_files(const std::string& kpsewhich, const std::vector<std::string>& names);

// Absolute paths of all folders that a program of TeX looks for files in, none inside another; some may not be there. Remembered
// in the cache, if there is one. Without a kpsewhich: none.
std::vector<std::string> tex_trees(const std::string& program, const Cache* cache);

}  // namespace cvgen::typeset
