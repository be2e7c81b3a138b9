#include "typeset/pdftotext.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "io/environment.hpp"
#include "io/file.hpp"
#include "io/process.hpp"
#include "io/temporary.hpp"
#include "text/unicode.hpp"
#include "typeset/confinement.hpp"

namespace cvgen::typeset {
namespace {

using End = io::Outcome::End;

constexpr std::chrono::seconds time_limit{60};
constexpr std::uint64_t memory_limit = 2ULL << 30;
// Of text; a CV of a hundred pages has half a MiB.
constexpr std::size_t largest_text = 8U << 20;

struct Way {
  ReadingOrder order;
  const char* option;
};
constexpr Way ways[] = {{ReadingOrder::page, ""}, {ReadingOrder::layout, "-layout"}, {ReadingOrder::stream, "-raw"}};

std::string valid(std::string text) {
  for (auto bad = text::find_invalid_utf8(text); bad != std::string::npos; bad = text::find_invalid_utf8(text)) text[bad] = '?';
  return text;
}

diag::Diagnostic refusal(const io::Outcome& outcome, std::string_view shown) {
  const auto says = [&](std::string_view why, std::string help) { return diag::nowhere(diag::Code::E0803, fmt::format("{} can't be read: {}", shown, why)).helps(std::move(help)); };
  if (outcome.end == End::timed_out) return says(fmt::format("pdftotext did not end within {} s", time_limit.count()), "check that it is the right file");
  if (outcome.end == End::signalled) return says("pdftotext was stopped: it crashed, or there is far more text than in a CV", "check that it is the right file");
  if (outcome.end == End::not_started) return says(fmt::format("pdftotext does not start: {}", outcome.failure.what), "install the package poppler-utils again");
  if (outcome.output.find("password") != std::string::npos) return says("it is encrypted with a password", "remove the password; nobody's parser has it either");
  return says("it is not a PDF, or a damaged one", "check that it is the right file");
}

}  // namespace

std::vector<Extraction> extract_text(const std::string& pdf, std::string_view shown, diag::Sink& sink, const std::string& program) {
  const auto path = io::find_on_path(program);
  if (!path) {
    sink.add(diag::nowhere(diag::Code::E0804, "pdftotext is not installed").helps("on Debian and Ubuntu: `sudo apt-get install poppler-utils`; elsewhere it is part of poppler"));
    return {};
  }
  const auto folder = io::TemporaryFolder::create();
  if (!folder) {
    sink.add(diag::nowhere(diag::Code::E0802, fmt::format("can't make a temporary folder: {}", folder.failure().what)).helps("check that the disk has room, or set TMPDIR"));
    return {};
  }
  std::vector<Extraction> result;
  for (const auto& way : ways) {
    const auto output = folder->path() + "/text";
    io::Command command;
    command.program = *path;
    command.arguments = {"-enc", "UTF-8"};
    if (*way.option != '\0') command.arguments.emplace_back(way.option);
    command.arguments.push_back(pdf.starts_with('-') ? "./" + pdf : pdf);
    command.arguments.push_back(output);
    command.sandbox = sandbox_of(*path, folder->path());
    if (command.sandbox) command.sandbox->readable.push_back(pdf);
    command.environment = {"LC_ALL=C"};
    command.time_limit = time_limit;
    command.memory_limit = memory_limit;
    command.file_size_limit = largest_text;
    const auto outcome = io::run(command);
    if (outcome.end == End::interrupted) return {};
    auto text = io::read_regular_file(output, largest_text);
    if (outcome.end != End::exited || outcome.code != 0 || !text) {
      sink.add(refusal(outcome, shown));
      return {};
    }
    result.push_back({way.order, fmt::format("{}{}{}", "pdftotext", *way.option == '\0' ? "" : " ", way.option), valid(*std::move(text))});
  }
  return result;
}

}  // namespace cvgen::typeset
