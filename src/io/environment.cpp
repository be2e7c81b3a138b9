#include "io/environment.hpp"

#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <ctime>

#include "io/file.hpp"

namespace cvgen::io {
namespace {

bool is_program(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && ::access(path.c_str(), X_OK) == 0;
}

// Absolute without resolving links.
std::optional<std::string> from_root(const std::string& path) {
  if (path.starts_with('/')) return path;
  char folder[4096];
  if (::getcwd(folder, sizeof folder) == nullptr) return std::nullopt;
  return std::string(folder) + '/' + path;
}

}  // namespace

std::optional<std::string> variable(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

bool is_terminal(int fd) { return ::isatty(fd) == 1; }

int terminal_width(int fd) {
  winsize size{};
  if (::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  if (const auto columns = variable("COLUMNS")) {
    int width = 0;
    const auto [end, error] = std::from_chars(columns->data(), columns->data() + columns->size(), width);
    if (error == std::errc{} && end == columns->data() + columns->size() && width > 0) return width;
  }
  return 80;
}

std::optional<std::string> find_on_path(std::string_view program) {
  if (program.empty()) return std::nullopt;
  if (program.find('/') != std::string_view::npos) {
    const std::string path(program);
    return is_program(path) ? from_root(path) : std::nullopt;
  }
  const std::string folders = variable("PATH").value_or("/usr/local/bin:/usr/bin:/bin");
  std::string_view rest = folders;
  while (true) {
    const auto colon = rest.find(':');
    const auto folder = rest.substr(0, colon);
    // An empty entry means the current folder.
    const std::string path = std::string(folder.empty() ? "." : folder) + '/' + std::string(program);
    if (is_program(path)) return from_root(path);
    if (colon == std::string_view::npos) return std::nullopt;
    rest.remove_prefix(colon + 1);
  }
}

std::string time_of_day() {
  const auto seconds = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm local{};
  char words[16];
  if (::localtime_r(&seconds, &local) == nullptr) return {};
  return {words, std::strftime(words, sizeof words, "%H:%M:%S", &local)};
}

std::optional<std::string> boot_id() {
  auto id = read_file("/proc/sys/kernel/random/boot_id", 100);
  if (!id || id->empty()) return std::nullopt;
  return *std::move(id);
}

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

}  // namespace cvgen::io
