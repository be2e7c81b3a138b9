// The commands. Each takes parsed arguments and says how the run ended.
#pragma once

#include "cli/exit.hpp"
#include "cli/options.hpp"

namespace cvgen::cli {

Exit render(const Arguments& arguments);
Exit validate(const Arguments& arguments);
Exit check(const Arguments& arguments);
Exit explain(const Arguments& arguments);
Exit schema(const Arguments& arguments);
Exit list(const Arguments& arguments);
Exit init_template(const Arguments& arguments);
Exit check_template(const Arguments& arguments);
Exit doctor(const Arguments& arguments);
Exit cache(const Arguments& arguments);

}  // namespace cvgen::cli
