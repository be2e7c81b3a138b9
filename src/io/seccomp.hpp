// The system calls that a confined program may not make: see seccomp(2).
#pragma once

namespace cvgen::io::seccomp {

// Whether there is a filter for this kernel and processor.
bool available();

// For this process and its children, for good, right before the exec of `path`. `helpers`: it may start other programs.
// Safe after a fork. False: errno says why.
bool enter(const char* path, bool helpers);

}  // namespace cvgen::io::seccomp
