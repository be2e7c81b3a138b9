#include "io/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/syscall.h>
#endif

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
// Longest wait between two looks at whether the child has ended, milliseconds. Most of the time something wakes us first.
constexpr int longest_nap = 20;
// What anyone may have a pipe hold, of Linux.
constexpr int largest_pipe = 1 << 20;

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

// As much as there is room for in a pipe that doesn't block.
std::size_t write_some(const Descriptor& pipe, std::string_view bytes) {
  ssize_t put = 0;
  while (pipe && !bytes.empty() && (put = ::write(pipe.get(), bytes.data(), bytes.size())) < 0 && errno == EINTR) {
  }
  return static_cast<std::size_t>(std::max<ssize_t>(put, 0));
}

// It can still be waited for.
bool has_ended(pid_t child) {
  siginfo_t info{};
  const int result = ::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT);
  return (result == 0 && info.si_pid == child) || (result < 0 && errno == ECHILD);
}

// Watches a child until it has ended, one way or another.
class Watch {
 public:
  // `rest`: what is still to be written to the input, if there is one.
  Watch(const Command& command, pid_t child, Descriptor output, Descriptor input = {}, std::string_view rest = {})
      : command_(command), child_(child), output_(std::move(output)), input_(std::move(input)), rest_(rest), start_(now()) {
    ::fcntl(output_.get(), F_SETFL, O_NONBLOCK);
#ifdef SYS_pidfd_open
    end_ = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
#endif
    if (command.time_limit.count() > 0) deadline_ = start_ + std::chrono::duration<double>(command.time_limit).count();
  }

  Outcome wait() {
    outcome_.end = Outcome::End::exited;
    while (!has_ended(child_)) {
      if (outcome_.end == Outcome::End::exited) look_for_trouble();
      else if (now() > kill_at_) ::kill(-child_, SIGKILL);
      feed();
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
  void look_for_trouble() {
    if (is_unwanted(command_)) end_it(Outcome::End::interrupted);
    else if (deadline_ > 0 && now() > deadline_) end_it(Outcome::End::timed_out);
  }

  void end_it(Outcome::End why) {
    outcome_.end = why;
    kill_at_ = now() + grace;
    ::kill(-child_, SIGTERM);
  }

  void feed() {
    rest_.remove_prefix(write_some(input_, rest_));
    // If nothing had been read yet, its end would take all with it.
    int unread = 0;
    if (rest_.empty() && input_ && ::ioctl(input_.get(), FIONREAD, &unread) == 0 && unread == 0) input_.reset();
  }

  void nap() {
    // Short naps at first: many programs are done in no time.
    nap_ = std::min(longest_nap, nap_ + 1);
    const bool running = outcome_.end == Outcome::End::exited;
    pollfd waits[] = {{output_.get(), POLLIN, 0}, {running ? interrupt_descriptor() : -1, POLLIN, 0}, {rest_.empty() ? -1 : input_.get(), POLLOUT, 0}, {end_.get(), POLLIN, 0}};
    ::poll(waits, std::size(waits), nap_);
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
  Descriptor input_;
  std::string_view rest_;
  Descriptor end_;  // can be read when the child has ended, where the system has such a thing
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

// Between the two halves of run().
struct Child {
  pid_t id;
  Descriptor output;
  Descriptor trouble;
};

Result<Child> start(const Command& command) {
  const auto path = find_on_path(command.program);
  if (!path) return failure_of(ENOENT);
  std::vector<std::string> strings{*path};
  strings.insert(strings.end(), command.arguments.begin(), command.arguments.end());
  std::vector<std::string> environment = command.environment;
  const auto arguments = pointers(strings);
  const auto variables = pointers(environment);

  std::optional<Cage> cage;
  if (command.sandbox) {
    auto built = Cage::build(*command.sandbox);
    if (!built) return built.failure();
    cage = *std::move(built);
  }
  auto output = make_pipe();
  if (!output) return output.failure();
  auto trouble = make_pipe();
  if (!trouble) return trouble.failure();
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
  if (child < 0) return failure_of(fork_error);

  ::setpgid(child, child);  // in both processes, whoever is first
  return Child{child, std::move(output->read), std::move(trouble->read)};
}

// What kept it from being started; 0: nothing. Is told at once, with the exec, which closes the pipe.
int trouble_of(const Child& child) {
  int error = 0;
  ssize_t got = 0;
  do {
    got = ::read(child.trouble.get(), &error, sizeof error);
  } while (got < 0 && errno == EINTR);
  return got == static_cast<ssize_t>(sizeof error) ? error : 0;
}

Outcome interrupted_outcome() {
  Outcome outcome;
  outcome.end = Outcome::End::interrupted;
  return outcome;
}

}  // namespace

Outcome run(const Command& command) {
  const Orderly orderly;
  if (is_unwanted(command)) return interrupted_outcome();
  auto child = start(command);
  if (!child) return not_started(child.failure());
  const int error = trouble_of(*child);
  Outcome outcome = Watch(command, child->id, std::move(child->output)).wait();
  if (error != 0) return not_started(failure_of(error));
  return outcome;
}

std::optional<EarlyProcess> EarlyProcess::start(const Command& command, const std::string& door, std::string_view beginning) {
  auto path = command.folder + '/' + door;
  if (is_unwanted(command) || ::mkfifo(path.c_str(), 0600) != 0) return std::nullopt;
  // For reading too: so it opens before the program has done so, and no one's end makes writing to it a signal.
  Descriptor input(::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
  if (!input) return std::nullopt;
#ifdef F_SETPIPE_SZ
  ::fcntl(input.get(), F_SETPIPE_SZ, largest_pipe);
#endif
  const auto fed = write_some(input, beginning);
  auto child = io::start(command);
  if (!child) return std::nullopt;
  const int error = trouble_of(*child);
  EarlyProcess process(command, std::move(path), child->id, std::move(child->output), std::move(input), fed);
  if (error != 0) return std::nullopt;
  return process;
}

// This one, if there is one, is ended by the other's end.
EarlyProcess& EarlyProcess::operator=(EarlyProcess&& other) noexcept {
  std::swap(command_, other.command_);
  std::swap(door_, other.door_);
  std::swap(child_, other.child_);
  std::swap(output_, other.output_);
  std::swap(input_, other.input_);
  std::swap(fed_, other.fed_);
  return *this;
}

EarlyProcess::~EarlyProcess() {
  if (child_ < 0) return;
  ::kill(-child_, SIGKILL);
  while (::waitpid(child_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

bool EarlyProcess::is_waiting() const { return child_ >= 0 && !has_ended(child_) && ::access(door_.c_str(), F_OK) == 0; }

Outcome EarlyProcess::finish(std::string_view rest, std::chrono::milliseconds time_limit, std::stop_token stop) {
  command_.time_limit = time_limit;
  command_.stop = std::move(stop);
  if (is_unwanted(command_)) return interrupted_outcome();
  if (!is_waiting()) return not_started(failure_of(EPIPE));
  return Watch(command_, std::exchange(child_, -1), std::move(output_), std::move(input_), rest).wait();
}

}  // namespace cvgen::io
