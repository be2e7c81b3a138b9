#include "typeset/raster.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "io/environment.hpp"
#include "io/file.hpp"
#include "io/process.hpp"
#include "io/temporary.hpp"
#include "typeset/confinement.hpp"
#include "typeset/report.hpp"

namespace cvgen::typeset {
namespace {

using diag::Code;
using End = io::Outcome::End;

constexpr auto time_limit = std::chrono::seconds(120);
constexpr std::size_t largest_picture = 256U << 20U;
constexpr const char* pdf_name = "cv.pdf";
// Pictures get a number and an ending behind it.
constexpr const char* page_name = "page";

std::string first_line(std::string_view output) { return printable(output.substr(0, output.find('\n'))); }

void complain(const io::Outcome& outcome, diag::Sink& sink) {
  if (outcome.end == End::interrupted) return;
  if (outcome.end == End::timed_out) {
    sink.add(diag::nowhere(Code::E0708, fmt::format("{} did not end within {} s, and was stopped", rasterizer, time_limit.count())).helps("a lower `--dpi` takes less time"));
    return;
  }
  auto failed = diag::nowhere(Code::E0708, fmt::format("{} made no pictures of the pages", rasterizer)).helps("a lower `--dpi` takes less memory; `-o cv.pdf` writes the PDF alone");
  if (const auto said = outcome.end == End::not_started ? outcome.failure.what : first_line(outcome.output); !said.empty()) failed.notes.push_back(fmt::format("it said: {}", said));
  sink.add(std::move(failed));
}

int page_number(std::string_view name) {
  int number = 0;
  for (const char c : name) {
    if (c >= '0' && c <= '9') number = number * 10 + (c - '0');
  }
  return number;
}

}  // namespace

bool can_raster(diag::Sink& sink) {
  if (io::find_on_path(rasterizer)) return true;
  sink.add(diag::nowhere(Code::E0707, fmt::format("`{}` is not installed", rasterizer)).helps(std::string(rasterizer_cure)));
  return false;
}

std::optional<std::vector<std::string>> raster(std::string_view pdf, int dpi, std::stop_token stop, diag::Sink& sink) {
  if (!can_raster(sink)) return std::nullopt;
  const auto folder = io::TemporaryFolder::create();
  const auto written = folder ? io::write_file(fmt::format("{}/{}", folder->path(), pdf_name), pdf) : folder.failure();
  if (!written) {
    sink.add(diag::nowhere(Code::E0802, fmt::format("can't write in {}: {}", io::temporary_root(), written.failure().what)).helps("set TMPDIR to a folder that can be written to"));
    return std::nullopt;
  }
  io::Command command;
  command.program = rasterizer;
  command.arguments = {"-png", "-r", std::to_string(dpi), pdf_name, page_name};
  command.folder = folder->path();
  command.sandbox = sandbox_of(io::find_on_path(rasterizer).value_or(""), folder->path());
  command.environment = {"LC_ALL=C", "HOME=" + folder->path()};
  command.time_limit = time_limit;
  command.memory_limit = 2ULL << 30U;
  command.file_size_limit = largest_picture;
  command.stop = std::move(stop);
  const auto outcome = io::run(command);

  std::vector<std::string> names;
  if (const auto all = io::list_folder(folder->path())) {
    std::copy_if(all->begin(), all->end(), std::back_inserter(names), [](const std::string& name) { return name.starts_with(page_name); });
  }
  std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return page_number(a) < page_number(b); });
  std::vector<std::string> pictures;
  for (const auto& name : names) {
    if (auto bytes = io::read_regular_file(fmt::format("{}/{}", folder->path(), name), largest_picture)) pictures.push_back(*std::move(bytes));
  }
  if (outcome.end == End::exited && outcome.code == 0 && !pictures.empty() && pictures.size() == names.size()) return pictures;
  complain(outcome, sink);
  return std::nullopt;
}

}  // namespace cvgen::typeset
