// The confinement of a program that io/process starts: whatever code comes to run in it, it reaches the files that are named
// here and nothing else. On Linux, and without privileges: Landlock (landlock(7), since 5.13) for files, a filter of
// system calls (seccomp(2)) for the rest.
#pragma once

#include <string>
#include <vector>

#include "io/descriptor.hpp"
#include "io/result.hpp"

namespace cvgen::io {

// What isn't there is passed over. All that is not named can't be opened, listed, made, changed or removed; nor are there
// sockets, changes of permissions, signals to others, or links out of the named folders.
struct Sandbox {
  std::vector<std::string> readable = {};  // files, and folders with all that is in them
  std::vector<std::string> writable = {};  // the same, for reading and writing; links and devices can't be made there
  bool helpers = false;                    // may start other programs, in the same sandbox; else there is one process and no other
};

// What this kernel can do for it.
struct Confinement {
  bool files = false;  // Landlock
  bool calls = false;  // seccomp
};
Confinement available_confinement();

// A sandbox ready to be entered by a child after its fork. What the kernel has not is left out.
class Cage {
 public:
  // A Failure if there is no room for it, never because the kernel is too old.
  static Result<Cage> build(const Sandbox& sandbox);

  // For good, right before the exec of `path`. Safe after a fork. `ruleset` is where the child has ruleset(). False: errno says why.
  bool enter(int ruleset, const char* path) const;
  // To be kept open up to there; -1: none.
  int ruleset() const { return ruleset_ ? ruleset_.get() : -1; }

 private:
  Descriptor ruleset_;
  bool calls_ = false;
  bool helpers_ = false;
};

}  // namespace cvgen::io
