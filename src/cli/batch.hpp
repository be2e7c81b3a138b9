// Many CVs in one run.
#pragma once

#include "cli/request.hpp"
#include "cli/session.hpp"

namespace cvgen::cli {

// Each CV by itself: what there is to say about one is said together, in the order of the inputs, and a bad one stops no
// other. Holds only the CVs that are being worked on. `blank` is a session without anything in it. Returns the worst of
// all ends.
Exit render_batch(const RenderRequest& request, const Session& blank);

}  // namespace cvgen::cli
