// How pdflatex is called: arguments, environment and limits, the same for every run.
#pragma once

#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "io/process.hpp"
#include "typeset/cache.hpp"

namespace cvgen::typeset {

inline constexpr std::uint64_t largest_output = 256U << 20;  // bytes of any file that TeX writes

enum class Engine { pdflatex, lualatex };

// Everything that TeX programs get to see of our environment. Made from nothing, so that a run depends on the
// installation and the user's own TeX trees, and on nothing else.
std::vector<std::string> tex_environment();

// A digest of a program and of that environment, but for these variables.
std::string digest_of_engine(const std::string& program, std::initializer_list<std::string_view> without);

// What a program of TeX has to say, as kpsewhich; it has some seconds.
io::Outcome ask(const std::string& program, std::vector<std::string> arguments);

// A run in `folder`, which is all that it may write to. `source` is a file name, or TeX commands if it begins with a backslash.
io::Command tex_command(const std::string& program, const std::string& folder, const std::string& source, std::chrono::milliseconds time_limit,
                        const Cache* cache);

// Makes it a run of lualatex, which looks for fonts in these folders as well. What luaotfload has read of fonts is code for
// later runs: only a run that is `trusted`, in which no Lua of others can be, may write it to the cache.
void make_lualatex(io::Command& command, const std::vector<std::string>& font_folders, const Cache* cache, bool trusted);

}  // namespace cvgen::typeset
