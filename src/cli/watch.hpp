// Rendering again at each save.
#pragma once

#include "cli/request.hpp"
#include "cli/session.hpp"

namespace cvgen::cli {

// Until cvgen is interrupted. A render for a state of the files that is no longer theirs is dropped. `blank` is a session
// without anything in it.
Exit watch(const RenderRequest& request, const Session& blank);

}  // namespace cvgen::cli
