#include "cli/main.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "diag/render/words.hpp"
#include "io/descriptor.hpp"
#include "io/file.hpp"
#include "io/signals.hpp"

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
  print(command_help(command_named(arguments.operands.front())));
  return Exit::ok;
}

constexpr Runner runners[] = {
    {"render", render}, {"validate", validate}, {"check", check}, {"explain", explain}, {"schema", schema}, {"list", list}, {"init-template", init_template}, {"check-template", check_template}, {"doctor", doctor}, {"cache", cache}, {"help", help},
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
  if (words[0].starts_with('-')) throw UsageError(fmt::format("the command comes first, before `{}`", words[0]), "`cvgen help` lists the commands");
  const auto& command = command_named(words[0]);
  // Asking for help wins, even where an option would take the word as its value.
  const auto end = std::find(words.begin(), words.end(), "--");
  if (std::any_of(words.begin() + 1, end, [](const std::string& w) { return w == "--help" || w == "-h"; })) {
    print(command_help(command));
    return Exit::ok;
  }
  const auto arguments = parse(command, {words.begin() + 1, words.end()});
  if (arguments.has("help")) {  // among joined letters, as in -qh
    print(command_help(command));
    return Exit::ok;
  }
  const auto runner = std::find_if(std::begin(runners), std::end(runners), [&](const Runner& r) { return r.name == command.name; });
  return runner->run(arguments);
}

void complain(const std::string& message, const std::string& help) {
  auto text = fmt::format("error: {}\n", diag::shown(message));
  if (!help.empty()) text += fmt::format("  = help: {}\n", diag::shown(help));
  (void)io::write_stderr(text);
}

// A standard stream that the caller closed must not become the number of a file that is opened later, or messages would
// go into it. Until the end of the run /dev/null takes its place, opened the wrong way round, so that using it fails.
std::vector<io::Descriptor> occupy_closed_streams() {
  constexpr int for_reading = 0;
  constexpr int for_writing = 1;
  std::vector<io::Descriptor> held;
  while (true) {
    auto next = io::open_file("/dev/null", for_writing);
    if (next.get() > 0) {
      next.reset();
      next = io::open_file("/dev/null", for_reading);
    }
    if (!next || next.get() > 2) return held;
    held.push_back(std::move(next));
  }
}

}  // namespace

int main(int argc, char** argv) {
  auto exit = Exit::bug;
  const auto held = occupy_closed_streams();
  try {
    io::install_interrupt_handler();
    exit = dispatch({argv + std::min(argc, 1), argv + argc});
  } catch (const UsageError& error) {
    complain(error.what(), error.help);
    exit = Exit::usage;
  } catch (const Refused& refused) {
    exit = refused.exit;
  } catch (const WorldError& error) {
    if (*error.what() != '\0') complain(error.what(), {});
    exit = Exit::world;
  } catch (const std::bad_alloc&) {
    complain("there is not enough memory", {});
    exit = Exit::world;
  } catch (const std::exception& error) {
    complain(fmt::format("internal error: {}", error.what()), "this is a fault of cvgen; please report it with the CV that shows it");
  }
  return static_cast<int>(io::interrupted() ? Exit::interrupted : exit);
}

}  // namespace cvgen::cli
