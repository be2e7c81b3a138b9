// Landlock, for which there is no library: rules on files that a process gives to itself, and can't take back.
#pragma once

#include "io/descriptor.hpp"
#include "io/result.hpp"
#include "io/sandbox.hpp"

namespace cvgen::io::landlock {

// The version of the kernel's interface, see landlock(7); 0: it has none.
int version();

// The rules of a sandbox. An empty Descriptor if the kernel has no Landlock.
Result<Descriptor> rules(const Sandbox& sandbox);

// For this process and its children, for good. Safe after a fork. False: errno says why.
bool enter(int ruleset);

}  // namespace cvgen::io::landlock
