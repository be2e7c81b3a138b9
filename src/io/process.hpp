// Running other programs: with an argument vector (never a shell), within limits, and so that nothing of them is
// left behind.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/descriptor.hpp"
#include "io/result.hpp"
#include "io/sandbox.hpp"

namespace cvgen::io {

struct Command {
  std::string program = {};                   // a path, or a name that is looked up on PATH
  std::vector<std::string> arguments = {};    // without the program itself
  std::string folder = {};                    // to run in; empty: the current one
  std::string errors = {};                    // a file, seen from that folder, for its stderr; empty: goes with stdout
  std::vector<std::string> environment = {};  // "NAME=value"; all of it, nothing is inherited
  std::chrono::milliseconds time_limit{0};    // of the wall clock; 0: none
  std::size_t output_limit = 1U << 20;        // bytes of output that are kept; what comes after is read and dropped
  std::uint64_t memory_limit = 0;             // bytes of address space of one process; 0: none
  std::uint64_t file_size_limit = 0;          // bytes of one file; 0: none
  std::uint64_t cpu_limit = 0;                // seconds of one process; 0: none
  std::optional<Sandbox> sandbox = {};        // none: it may do what cvgen may
  std::stop_token stop = {};                  // ends it early
};

struct Outcome {
  enum class End {
    exited,       // code: its exit code
    signalled,    // code: the signal
    timed_out,    // code: 0
    not_started,  // failure: why
    interrupted,  // by the stop token, or cvgen itself was, see io/signals.hpp
  };
  End end = End::not_started;
  int code = 0;
  std::string output;      // stdout and stderr as they came
  bool truncated = false;  // there was more than output_limit
  Failure failure;
  double seconds = 0;  // of the wall clock
};

// Runs a program to its end. It reads nothing (stdin is /dev/null), gets no descriptor but the three, default
// signals, and a process group of its own, of which nothing outlives this call, whatever the end. May be called from
// several threads.
Outcome run(const Command& command);

// A program that is started before all of its input is known: it reads a file of its folder, which is a pipe, goes as far as
// the beginning takes it, and waits there for the rest. Ended, if that never comes.
class EarlyProcess {
 public:
  // `door`: the name of that file. The program ends with the thread that starts it. Nothing if it can't be started. Returns at
  // once; of a beginning that is longer than a pipe holds only the start is used.
  static std::optional<EarlyProcess> start(const Command& command, const std::string& door, std::string_view beginning);

  EarlyProcess(EarlyProcess&& other) noexcept
      : command_(std::move(other.command_)), door_(std::move(other.door_)), child_(std::exchange(other.child_, -1)), output_(std::move(other.output_)), input_(std::move(other.input_)), fed_(other.fed_) {}
  EarlyProcess& operator=(EarlyProcess&& other) noexcept;
  ~EarlyProcess();

  // False too if someone has removed its folder.
  bool is_waiting() const;
  // Bytes of its beginning.
  std::size_t fed() const { return fed_; }
  // Gives it the rest, and waits for its end; its time counts from now. not_started: it didn't wait any more.
  Outcome finish(std::string_view rest, std::chrono::milliseconds time_limit, std::stop_token stop);

 private:
  EarlyProcess(Command command, std::string door, int child, Descriptor output, Descriptor input, std::size_t fed)
      : command_(std::move(command)), door_(std::move(door)), child_(child), output_(std::move(output)), input_(std::move(input)), fed_(fed) {}

  Command command_;
  std::string door_;  // its path
  int child_;         // process id; -1: none any more
  Descriptor output_;
  Descriptor input_;  // of the program
  std::size_t fed_;
};

}  // namespace cvgen::io
