// How a run ends, as the shell sees it.
#pragma once

#include <stdexcept>
#include <string>

namespace cvgen::cli {

enum class Exit : int {
  ok = 0,            // done; warnings allowed
  document = 1,      // the CV has errors
  usage = 2,         // the command line makes no sense
  world = 3,         // a file, or pdflatex, refused
  bug = 70,          // EX_SOFTWARE of sysexits.h
  interrupted = 130  // 128 + SIGINT
};

// The command line makes no sense; caught in main.
struct UsageError : std::runtime_error {
  UsageError(const std::string& message, std::string advice = {}) : std::runtime_error(message), help(std::move(advice)) {}
  std::string help;  // may be empty
};

// Ends a command whose diagnostics are printed; caught in main.
struct Refused {
  Exit exit;
};

// Standard output refused; caught in main. An empty message: there is nothing to say about it.
struct WorldError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace cvgen::cli
