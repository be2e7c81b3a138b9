// The half of io/process that runs between fork and exec.
#pragma once

#include "io/process.hpp"
#include "io/sandbox.hpp"

namespace cvgen::io {

// All that the child needs, laid out before the fork: after it, in a process with threads, memory must not be
// allocated any more.
struct ChildPlan {
  const char* path;          // of the program
  char* const* arguments;    // argv, null at the end
  char* const* environment;  // envp, null at the end
  const char* folder;        // null: stay
  const char* errors;        // file for stderr; null: goes with stdout
  const Command* command;    // for the limits
  const Cage* cage;          // null: none
  int output;                // becomes stdout and stderr
  int trouble;               // an errno is written here if the program can't be started
  int parent;                // process id
};

// Becomes the program, or ends with 127. Uses only calls that are safe after a fork.
[[noreturn]] void become_program(const ChildPlan& plan);

}  // namespace cvgen::io
