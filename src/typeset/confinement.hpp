// What the programs that cvgen runs may reach, see io/sandbox.hpp.
#pragma once

#include <optional>
#include <string>

#include "io/sandbox.hpp"
#include "typeset/cache.hpp"

namespace cvgen::typeset {

// Whoever has a system that cvgen doesn't foresee sets $CVGEN_SANDBOX to "off". Then the functions below give nothing.
bool is_sandbox_off();

// What any program needs: the libraries and data of the system, and `folder`, to write in.
std::optional<io::Sandbox> sandbox_of(const std::string& program, const std::string& folder);

// A program of TeX: its trees as well.
std::optional<io::Sandbox> tex_sandbox(const std::string& program, const std::string& folder, const Cache* cache);

}  // namespace cvgen::typeset
