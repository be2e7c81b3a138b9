// What documents are made of, as a build tool reads it.
#pragma once

#include <string>

#include "cli/compile.hpp"
#include "diag/diagnostic.hpp"

namespace cvgen::cli {

// A rule in the form that compilers write for Make and Ninja (`gcc -MD -MP`): the document and its files, then each file
// without any, so that one that is no longer needed may vanish. W0801 for a name that can't be written so that both tools
// understand it.
std::string dependency_rule(const Compiled& document, diag::Sink& sink);

}  // namespace cvgen::cli
