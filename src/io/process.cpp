#include "io/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "io/child.hpp"
#include "io/descriptor.hpp"
#include "io/environment.hpp"
#include "io/signals.hpp"

namespace cvgen::io {
namespace {

// Between SIGTERM and SIGKILL, seconds.
constexpr double grace = 0.3;
// Longest wait between two looks at whether the child has ended, milliseconds. Most of the time the end of its
// output wakes us first.
constexpr int longest_nap = 20;

struct Pipe {
  Descriptor read;
  Descriptor write;
};

Result<Pipe> make_pipe() {
  int ends[2];
#ifdef __linux__
  if (::pipe2(ends, O_CLOEXEC) != 0) return failure_of(errno);
#else
  if (::pipe(ends) != 0) return failure_of(errno);
  for (const int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);
#endif
  Pipe pipe;
  pipe.read = Descriptor(ends[0]);
  pipe.write = Descriptor(ends[1]);
  return pipe;
}

bool is_unwanted(const Command& command) { return interrupted() || command.stop.stop_requested(); }

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> result;
  result.reserve(strings.size() + 1);
  for (auto& string : strings) result.push_back(string.data());
  result.push_back(nullptr);
  return result;
}

// Watches a child until it has ended, one way or another.
class Watch {
 public:
  Watch(const Command& command, pid_t child, Descriptor output)
      : command_(command), child_(child), output_(std::move(output)), start_(now()) {
    ::fcntl(output_.get(), F_SETFL, O_NONBLOCK);
    if (command.time_limit.count() > 0) deadline_ = start_ + std::chrono::duration<double>(command.time_limit).count();
  }

  Outcome wait() {
    outcome_.end = Outcome::End::exited;
    while (!has_ended()) {
      if (outcome_.end == Outcome::End::exited) look_for_trouble();
      else if (now() > kill_at_) ::kill(-child_, SIGKILL);
      nap();
      drain();
    }
    drain();
    // Helpers that the child left running go too. Its number can't belong to anyone else before it is reaped.
    ::kill(-child_, SIGKILL);
    reap();
    outcome_.seconds = now() - start_;
    return std::move(outcome_);
  }

 private:
  bool has_ended() const {
    siginfo_t info{};
    const int result = ::waitid(P_PID, static_cast<id_t>(child_), &info, WEXITED | WNOHANG | WNOWAIT);
    return (result == 0 && info.si_pid == child_) || (result < 0 && errno == ECHILD);
  }

  void look_for_trouble() {
    if (is_unwanted(command_)) end_it(Outcome::End::interrupted);
    else if (deadline_ > 0 && now() > deadline_) end_it(Outcome::End::timed_out);
  }

  void end_it(Outcome::End why) {
    outcome_.end = why;
    kill_at_ = now() + grace;
    ::kill(-child_, SIGTERM);
  }

  void nap() {
    // Short naps at first: many programs are done in no time.
    nap_ = std::min(longest_nap, nap_ + 1);
    const bool running = outcome_.end == Outcome::End::exited;
    pollfd waits[] = {{output_.get(), POLLIN, 0}, {running ? interrupt_descriptor() : -1, POLLIN, 0}};
    ::poll(waits, 2, nap_);
  }

  // Takes what is there, and forgets what exceeds the limit.
  void drain() {
    char buffer[1 << 14];
    // Bounded, so that a program that writes without end can't keep us from looking at the clock.
    for (int rounds = 0; output_ && rounds < 64; ++rounds) {
      const ssize_t got = ::read(output_.get(), buffer, sizeof buffer);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0 && errno == EAGAIN) return;
      if (got <= 0) {
        nap_ = 0;  // it is about to end
        return output_.reset();
      }
      const auto count = static_cast<std::size_t>(got);
      const auto room = command_.output_limit - std::min(command_.output_limit, outcome_.output.size());
      outcome_.output.append(buffer, std::min(room, count));
      outcome_.truncated = outcome_.truncated || count > room;
    }
  }

  void reap() {
    int status = 0;
    pid_t result = 0;
    do {
      result = ::waitpid(child_, &status, 0);
    } while (result < 0 && errno == EINTR);
    if (outcome_.end != Outcome::End::exited || result != child_) return;
    if (WIFSIGNALED(status)) {
      outcome_.end = Outcome::End::signalled;
      outcome_.code = WTERMSIG(status);
    } else {
      outcome_.code = WEXITSTATUS(status);
    }
  }

  const Command& command_;
  pid_t child_;
  Descriptor output_;
  double start_;
  double deadline_ = 0;  // 0: none
  double kill_at_ = 0;
  int nap_ = 0;
  Outcome outcome_;
};

Outcome not_started(Failure failure) {
  Outcome outcome;
  outcome.failure = std::move(failure);
  return outcome;
}

}  // namespace

Outcome run(const Command& command) {
  if (is_unwanted(command)) {
    Outcome outcome;
    outcome.end = Outcome::End::interrupted;
    return outcome;
  }

  const auto path = find_on_path(command.program);
  if (!path) return not_started(failure_of(ENOENT));
  std::vector<std::string> strings{*path};
  strings.insert(strings.end(), command.arguments.begin(), command.arguments.end());
  std::vector<std::string> environment = command.environment;
  const auto arguments = pointers(strings);
  const auto variables = pointers(environment);

  std::optional<Cage> cage;
  if (command.sandbox) {
    auto built = Cage::build(*command.sandbox);
    if (!built) return not_started(built.failure());
    cage = *std::move(built);
  }
  auto output = make_pipe();
  if (!output) return not_started(output.failure());
  auto trouble = make_pipe();
  if (!trouble) return not_started(trouble.failure());
  const ChildPlan plan{path->c_str(),
                       arguments.data(),
                       variables.data(),
                       command.folder.empty() ? nullptr : command.folder.c_str(),
                       command.errors.empty() ? nullptr : command.errors.c_str(),
                       &command,
                       cage ? &*cage : nullptr,
                       output->write.get(),
                       trouble->write.get(),
                       ::getpid()};

  // No handler of ours may run in the child before it has reset them: it would write into our pipe.
  sigset_t all;
  sigset_t before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_BLOCK, &all, &before);
  const pid_t child = ::fork();
  const int fork_error = errno;
  if (child == 0) become_program(plan);
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (child < 0) return not_started(failure_of(fork_error));

  ::setpgid(child, child);  // in both processes, whoever is first
  output->write.reset();
  trouble->write.reset();

  // Ends at once with the exec, which closes it.
  int error = 0;
  ssize_t got = 0;
  do {
    got = ::read(trouble->read.get(), &error, sizeof error);
  } while (got < 0 && errno == EINTR);
  Outcome outcome = Watch(command, child, std::move(output->read)).wait();
  if (got == static_cast<ssize_t>(sizeof error)) return not_started(failure_of(error));
  return outcome;
}

}  // namespace cvgen::io
