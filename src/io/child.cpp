#include "io/child.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

#include <algorithm>
#include <cerrno>

namespace cvgen::io {
namespace {

constexpr int trouble_descriptor = 3, ruleset_descriptor = 4;

void set_limit(decltype(RLIMIT_CPU) resource, std::uint64_t soft, std::uint64_t hard) {
  rlimit limit{};
  if (::getrlimit(resource, &limit) != 0) return;
  // A limit that is already there can only be made tighter.
  limit.rlim_max = std::min(limit.rlim_max, static_cast<rlim_t>(hard));
  limit.rlim_cur = std::min(limit.rlim_max, static_cast<rlim_t>(soft));
  ::setrlimit(resource, &limit);
}

void set_limits(const Command& command) {
  if (command.memory_limit != 0) set_limit(RLIMIT_AS, command.memory_limit, command.memory_limit);
  if (command.file_size_limit != 0) set_limit(RLIMIT_FSIZE, command.file_size_limit, command.file_size_limit);
  // SIGXCPU at the soft limit, SIGKILL at the hard one.
  if (command.cpu_limit != 0) set_limit(RLIMIT_CPU, command.cpu_limit, command.cpu_limit + 1);
  set_limit(RLIMIT_CORE, 0, 0);
}

void reset_signals() {
  struct sigaction action {};
  action.sa_handler = SIG_DFL;
  for (int signal = 1; signal < NSIG; ++signal) ::sigaction(signal, &action, nullptr);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

// Descriptors that cvgen itself was given without close-on-exec (by make, by a shell) are none of the child's
// business either.
void close_from(int first) {
#ifdef SYS_close_range
  if (::syscall(SYS_close_range, static_cast<unsigned>(first), ~0U, 0U) == 0) return;
#endif
  rlimit limit{};
  const bool known = ::getrlimit(RLIMIT_NOFILE, &limit) == 0;
  const auto end = static_cast<int>(known ? std::min<rlim_t>(limit.rlim_cur, 65536) : 1024);
  for (int fd = first; fd < end; ++fd) ::close(fd);
}

[[noreturn]] void give_up(int trouble) {
  const int error = errno;
  [[maybe_unused]] const auto put = ::write(trouble, &error, sizeof error);
  ::_exit(127);
}

}  // namespace

void become_program(const ChildPlan& plan) {
  ::setpgid(0, 0);
  reset_signals();
#ifdef __linux__
  // Should cvgen be killed outright, its child dies too; it may have been killed before the call, though.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != plan.parent) ::_exit(127);
#endif
  // They may have low numbers if cvgen was started with closed standard streams: moved up first, so that no dup2
  // below overwrites another.
  const int output = ::fcntl(plan.output, F_DUPFD, 10);
  const int trouble = ::fcntl(plan.trouble, F_DUPFD, 10);
  const bool has_ruleset = plan.cage != nullptr && plan.cage->ruleset() >= 0;
  const int ruleset = has_ruleset ? ::fcntl(plan.cage->ruleset(), F_DUPFD, 10) : -1;
  if (output < 0 || trouble < 0 || (has_ruleset && ruleset < 0)) give_up(plan.trouble);
  const int null = ::open("/dev/null", O_RDONLY);
  if (null < 0 || ::dup2(null, STDIN_FILENO) < 0) give_up(trouble);
  if (::dup2(output, STDOUT_FILENO) < 0 || ::dup2(output, STDERR_FILENO) < 0) give_up(trouble);
  if (::dup2(trouble, trouble_descriptor) < 0) give_up(trouble);
  ::fcntl(trouble_descriptor, F_SETFD, FD_CLOEXEC);
  if (has_ruleset && ::dup2(ruleset, ruleset_descriptor) < 0) give_up(trouble);
  if (has_ruleset) ::fcntl(ruleset_descriptor, F_SETFD, FD_CLOEXEC);
  close_from(has_ruleset ? ruleset_descriptor + 1 : ruleset_descriptor);

  if (plan.folder != nullptr && ::chdir(plan.folder) != 0) give_up(trouble_descriptor);
  if (plan.errors != nullptr) {
    const int errors = ::open(plan.errors, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (errors < 0 || ::dup2(errors, STDERR_FILENO) < 0) give_up(trouble_descriptor);
  }
  set_limits(*plan.command);
  if (plan.cage != nullptr && !plan.cage->enter(has_ruleset ? ruleset_descriptor : -1, plan.path)) give_up(trouble_descriptor);
  ::execve(plan.path, plan.arguments, plan.environment);
  give_up(trouble_descriptor);
}

}  // namespace cvgen::io
