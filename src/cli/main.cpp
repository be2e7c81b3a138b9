#include "cli/main.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "diag/render/render.hpp"
#include "io/file.hpp"
#include "io/signals.hpp"
#include "text/similar.hpp"

namespace cvgen::cli {
namespace {

struct Runner {
  std::string_view name;
  Exit (*run)(const Arguments&);
};

Exit help(const Arguments& arguments) {
  if (arguments.operands.empty()) {
    print(general_help());
    return Exit::ok;
  }
  const auto* command = find_command(arguments.operands.front());
  if (command == nullptr) throw UsageError(fmt::format("there is no command `{}`", arguments.operands.front()), "`cvgen help` lists the commands");
  print(command_help(*command));
  return Exit::ok;
}

constexpr Runner runners[] = {
    {"render", render}, {"validate", validate}, {"explain", explain}, {"schema", schema}, {"list", list}, {"doctor", doctor}, {"help", help},
};

Exit dispatch(const std::vector<std::string>& words) {
  if (words.empty()) {
    (void)io::write_stderr(general_help());
    return Exit::usage;
  }
  if (words[0] == "--version") {
    print(fmt::format("cvgen {}\n", CVGEN_VERSION));
    return Exit::ok;
  }
  if (words[0] == "--help" || words[0] == "-h") return help({});
  const auto* command = find_command(words[0]);
  if (command == nullptr) {
    std::vector<std::string> names;
    for (const auto& known : commands()) names.emplace_back(known.name);
    const auto near = text::nearest(words[0], names);
    const bool option = words[0].starts_with('-');
    throw UsageError(option ? fmt::format("the command comes first, before `{}`", words[0]) : fmt::format("there is no command `{}`", words[0]),
                     near ? fmt::format("a similar command exists: `{}`", *near) : "`cvgen help` lists the commands");
  }
  // Asking for help wins, even where an option would take the word as its value.
  const auto end = std::find(words.begin(), words.end(), "--");
  if (std::any_of(words.begin() + 1, end, [](const std::string& w) { return w == "--help" || w == "-h"; })) {
    print(command_help(*command));
    return Exit::ok;
  }
  const auto arguments = parse(*command, {words.begin() + 1, words.end()});
  const auto runner = std::find_if(std::begin(runners), std::end(runners), [&](const Runner& r) { return r.name == command->name; });
  return runner->run(arguments);
}

void complain(const std::string& message, const std::string& help) {
  auto text = fmt::format("error: {}\n", diag::visible(message));
  if (!help.empty()) text += fmt::format("  = help: {}\n", diag::visible(help));
  (void)io::write_stderr(text);
}

}  // namespace

int main(int argc, char** argv) {
  auto exit = Exit::bug;
  try {
    io::install_interrupt_handler();
    exit = dispatch({argv + std::min(argc, 1), argv + argc});
  } catch (const UsageError& error) {
    complain(error.what(), error.help);
    exit = Exit::usage;
  } catch (const Refused& refused) {
    exit = refused.exit;
  } catch (const WorldError& error) {
    complain(error.what(), {});
    exit = Exit::world;
  } catch (const std::exception& error) {
    complain(fmt::format("internal error: {}", error.what()), "this is a fault of cvgen; please report it with the CV that shows it");
  }
  return static_cast<int>(io::interrupted() ? Exit::interrupted : exit);
}

}  // namespace cvgen::cli
