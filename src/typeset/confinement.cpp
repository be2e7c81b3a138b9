#include "typeset/confinement.hpp"

#include "io/environment.hpp"
#include "io/file.hpp"
#include "typeset/installation.hpp"

namespace cvgen::typeset {
namespace {

// Programs, libraries, fonts, and what the C library asks for. Nothing of users.
constexpr const char* system_places[] = {
    "/usr", "/bin", "/lib", "/lib32", "/lib64", "/nix/store", "/gnu/store",
    "/etc/ld.so.cache", "/etc/fonts", "/etc/texmf", "/etc/localtime", "/etc/papersize", "/etc/paperspecs",
    "/var/lib/texmf", "/var/cache/fontconfig",
    "/sys/kernel/mm/transparent_hugepage", "/proc/sys/vm/overcommit_memory",
    "/dev/zero", "/dev/urandom",
};

bool is_script(const std::string& program) {
  const auto start = io::read_start(program, 4);
  return start && *start != "\177ELF";
}

// A tree that has the user's home in it, or is it, would be no confinement.
bool has_home(const std::string& folder) {
  const auto home = io::canonical_path(io::variable("HOME").value_or(""));
  const auto real = io::canonical_path(folder);
  return real && (*real == "/" || (home && (*home + '/').starts_with(*real + '/')));
}

}  // namespace

bool is_sandbox_off() { return io::variable("CVGEN_SANDBOX") == "off"; }

std::optional<io::Sandbox> sandbox_of(const std::string& program, const std::string& folder) {
  if (is_sandbox_off()) return std::nullopt;
  io::Sandbox sandbox;
  sandbox.readable.assign(std::begin(system_places), std::end(system_places));
  sandbox.readable.push_back(program);
  sandbox.writable = {folder, "/dev/null"};
  sandbox.helpers = is_script(program);
  return sandbox;
}

std::optional<io::Sandbox> tex_sandbox(const std::string& program, const std::string& folder, const Cache* cache) {
  auto sandbox = sandbox_of(program, folder);
  if (!sandbox) return sandbox;
  for (auto& tree : tex_trees(program, cache)) {
    if (!has_home(tree)) sandbox->readable.push_back(std::move(tree));
  }
  return sandbox;
}

}  // namespace cvgen::typeset
