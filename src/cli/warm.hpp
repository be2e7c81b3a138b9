// Fills the cache before anybody waits for it.
#pragma once

#include "cli/exit.hpp"
#include "cli/options.hpp"

namespace cvgen::cli {

// With every template in its own settings; with operands, as these CVs and their variants have it. Says what is ready.
Exit warm(const Arguments& arguments);

}  // namespace cvgen::cli
