#include "typeset/extract.hpp"

#include "io/environment.hpp"
#include "io/file.hpp"
#include "io/process.hpp"
#include "io/temporary.hpp"

namespace cvgen::typeset {
namespace {

constexpr const char* program = "pdftotext";

}  // namespace

bool can_extract() { return io::find_on_path(program).has_value(); }

std::optional<std::string> text_of(std::string_view pdf) {
  const auto found = io::find_on_path(program);
  const auto folder = io::TemporaryFolder::create();
  if (!found || !folder || !io::write_file(folder->path() + "/cv.pdf", pdf)) return std::nullopt;
  io::Command command;
  command.program = *found;
  command.arguments = {"-enc", "UTF-8", "-nopgbrk", "cv.pdf", "-"};
  command.folder = folder->path();
  command.environment = {"PATH=/usr/bin:/bin", "LC_ALL=C"};
  command.time_limit = std::chrono::seconds(30);
  command.output_limit = 16U << 20U;
  auto outcome = io::run(command);
  if (outcome.end != io::Outcome::End::exited || outcome.code != 0) return std::nullopt;
  return std::move(outcome.output);
}

}  // namespace cvgen::typeset
