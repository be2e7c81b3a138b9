// The surroundings of the process: environment variables, terminals, PATH, the clock.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cvgen::io {

// Set and not empty.
std::optional<std::string> variable(const char* name);

bool is_terminal(int fd);

// Columns of the terminal at fd; else $COLUMNS; else 80.
int terminal_width(int fd);

// The absolute path of a program, found the way a shell finds it ($PATH; a name with a slash is taken as it is).
// Links are kept: TeX programs go by the name that they are called by.
std::optional<std::string> find_on_path(std::string_view program);

// Another one each time the system is started; nothing where it doesn't tell.
std::optional<std::string> boot_id();

// Seconds of a clock that only goes forward; differences mean something, values don't.
double now();

// The time of day where the user is: "14:03:22".
std::string time_of_day();

}  // namespace cvgen::io
