#include "typeset/engine.hpp"

#include <algorithm>

#include "io/environment.hpp"
#include "typeset/confinement.hpp"
#include "typeset/digest.hpp"
#include "typeset/installation.hpp"

namespace cvgen::typeset {

std::vector<std::string> tex_environment() {
  std::vector<std::string> environment = {
      "LC_ALL=C",
      // Only files of the TeX trees and of the run folder, whatever texmf.cnf allows.
      "openin_any=p",
      "openout_any=p",
      // The log isn't wrapped, so that it can be read by a program.
      "max_print_line=1000",
      "error_line=254",
      "half_error_line=238",
      // No bitmap fonts: made by a script outside of our limits, and text in them can't be copied from the PDF. Without
      // them TeX stops, and names the font.
      "MKTEXPK=0",
      "MKTEXTFM=0",
      "MKTEXMF=0",
      // The same bytes on every day; a date that was asked for is printed as well.
      "FORCE_SOURCE_DATE=1",
      "SOURCE_DATE_EPOCH=" + io::variable("SOURCE_DATE_EPOCH").value_or("0"),
      "PATH=" + io::variable("PATH").value_or("/usr/local/bin:/usr/bin:/bin"),
  };
  // The user's own trees (~/texmf, ~/.texlive20xx) hang on HOME; whoever moved them did so with one of the others. Not
  // TEXINPUTS: its entries are mostly relative to wherever the user is, and could shadow the template.
  for (const char* name : {"HOME", "TMPDIR", "TEXMFHOME", "TEXMFVAR", "TEXMFCONFIG", "TEXMFLOCAL", "TEXMFSYSVAR",
                           "TEXMFSYSCONFIG", "TEXMFCNF", "TEXMFROOT", "GUIX_TEXMF"}) {
    if (const auto value = io::variable(name)) environment.push_back(std::string(name) + '=' + *value);
  }
  return environment;
}

std::string digest_of_engine(const std::string& program, std::initializer_list<std::string_view> without) {
  Digest key;
  key.add(program);
  for (const std::string_view variable : tex_environment()) {
    if (std::find(without.begin(), without.end(), variable.substr(0, variable.find('='))) == without.end()) key.add(variable);
  }
  return key.hex();
}

io::Outcome ask(const std::string& program, std::vector<std::string> arguments) {
  io::Command command;
  command.program = program;
  command.arguments = std::move(arguments);
  command.environment = tex_environment();
  command.time_limit = std::chrono::seconds(20);
  return io::run(command);
}

io::Command tex_command(const std::string& program, const std::string& folder, const std::string& source, std::chrono::milliseconds time_limit,
                        const Cache* cache) {
  io::Command command;
  command.program = program;
  command.arguments = {
      "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "-file-line-error", "-jobname=cv", source};
  command.folder = folder;
  command.environment = tex_environment();
  // glibc: one heap of large pages, since TeX writes to most of what it allots at once, and the kernel takes long for each page.
  command.environment.emplace_back("GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.mmap_max=0:glibc.malloc.top_pad=16777216");
  command.time_limit = time_limit;
  // One page takes 40 MB; a large photo is unpacked in memory.
  command.memory_limit = 2ULL << 30;
  command.file_size_limit = largest_output;
  // Should it get away from us.
  command.cpu_limit = static_cast<std::uint64_t>(std::chrono::ceil<std::chrono::seconds>(time_limit).count()) + 5;
  command.sandbox = tex_sandbox(program, folder, cache);
  return command;
}

void make_lualatex(io::Command& command, const std::vector<std::string>& font_folders, const Cache* cache, bool trusted) {
  command.arguments.insert(command.arguments.begin(), "-nosocket");
  std::string folders;
  for (const auto& folder : font_folders) folders += (folders.empty() ? "" : ":") + folder;
  command.environment.push_back("OSFONTDIR=" + folders);
  // luaotfload reads what it has kept of fonts in all of these, and writes to the first that it can write to.
  const bool keeps = cache != nullptr && *cache && is_plain(cache->folder());
  const auto kept = keeps ? cache->fonts() + ':' : std::string();
  const auto installed = io::variable("TEXMFCACHE").value_or("$TEXMFSYSVAR:$TEXMFVAR");
  if (keeps && trusted) command.environment.push_back("TEXMFCACHE=" + kept + command.folder + ':' + installed);
  else command.environment.push_back("TEXMFCACHE=" + command.folder + ':' + kept + installed);
  if (command.sandbox) {
    auto& sandbox = *command.sandbox;
    sandbox.readable.insert(sandbox.readable.end(), font_folders.begin(), font_folders.end());
    if (keeps) (trusted ? sandbox.writable : sandbox.readable).push_back(cache->fonts());
  }
  // Large fonts are read whole.
  command.memory_limit = 4ULL << 30;
}

}  // namespace cvgen::typeset
