#include "io/sandbox.hpp"

#include "io/landlock.hpp"
#include "io/seccomp.hpp"

#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace cvgen::io {

Confinement available_confinement() { return {landlock::version() > 0, seccomp::available()}; }

Result<Cage> Cage::build(const Sandbox& sandbox) {
  auto rules = landlock::rules(sandbox);
  if (!rules) return rules.failure();
  Cage cage;
  cage.ruleset_ = *std::move(rules);
  cage.calls_ = seccomp::available();
  cage.helpers_ = sandbox.helpers;
  return cage;
}

bool Cage::enter(int ruleset, const char* path) const {
#ifdef __linux__
  // Both ask for it: programs that are set-user-ID would be a way out.
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
#endif
  return (ruleset < 0 || landlock::enter(ruleset)) && (!calls_ || seccomp::enter(path, helpers_));
}

}  // namespace cvgen::io
