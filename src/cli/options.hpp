// The option tables: what each command takes. The parser, the help and the suggestions read them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cvgen::cli {

struct Option {
  std::string_view name;      // "output"
  char letter;                // 'o', or 0
  std::string_view argument;  // "FILE"; empty: a switch
  std::string_view help;
  bool repeatable = false;
  std::string_view implied = {};  // the value of an option without one: at the end, or before another option
};

struct Command {
  std::string_view name;
  std::string_view summary;
  std::string_view usage;     // after the name
  std::string_view needs;     // the operands in words: "a CV file"
  std::string_view examples;  // whole lines, indented
  std::span<const Option> options;
  int least_operands;
  int most_operands;  // -1: any number
  std::string_view instead = {};  // an option that brings operands
};

std::span<const Command> commands();
const Command* find_command(std::string_view name);
// Options that every command takes.
std::span<const Option> common_options();

class Arguments {
 public:
  bool has(std::string_view option) const;
  // The last value given.
  std::optional<std::string> value(std::string_view option) const;
  std::vector<std::string> values(std::string_view option) const;

  std::vector<std::string> operands;

 private:
  friend Arguments parse(const Command& command, const std::vector<std::string>& words);
  std::vector<std::pair<std::string, std::string>> given_;
};

// Throws UsageError.
Arguments parse(const Command& command, const std::vector<std::string>& words);
// Throws UsageError if there is none.
const Command& command_named(const std::string& name);

// What `cvgen help` and `cvgen help COMMAND` print.
std::string general_help();
std::string command_help(const Command& command);

}  // namespace cvgen::cli
