// The places of a run's documents: that they get out of each other's way, and exist.
#pragma once

#include "cli/request.hpp"
#include "cli/session.hpp"

namespace cvgen::cli {

// Throws UsageError if two documents would, or of PNGs could, be written to the same file. `blank` is a session without anything in it.
void check_outputs(const RenderRequest& request, const Session& blank);

// The folder that -o names, if it names one and something is to be written. False: it can't be made (E0802).
bool make_output_folder(const RenderRequest& request, diag::Sink& sink);

}  // namespace cvgen::cli
