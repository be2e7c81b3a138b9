#include "typeset/ending.hpp"

#include <fmt/format.h>

#include <csignal>
#include <cstring>

#include "typeset/log.hpp"

namespace cvgen::typeset {
namespace {

using diag::Code;
using End = io::Outcome::End;

// With hooks (lthooks), which the templates hang on.
constexpr std::string_view oldest_latex = "2020-10-01";

constexpr const char* examine = "`cvgen doctor` examines the TeX installation";

// Adds what was printed last, for the cases in which the log says nothing.
diag::Diagnostic with_last_words(diag::Diagnostic diagnostic, std::string_view output) {
  const auto end = output.find_last_not_of(" \r\n");
  if (end == std::string_view::npos) return diagnostic;
  output = output.substr(0, end + 1);
  const auto last = output.substr(output.rfind('\n') + 1);  // npos + 1 is 0
  diagnostic.notes.push_back(fmt::format("the last it said: {}", printable(last)));
  return diagnostic;
}

std::string name_of_signal(int number) {
  const char* words = ::strsignal(number);
  return words == nullptr ? fmt::format("signal {}", number) : fmt::format("signal {}, {}", number, words);
}

diag::Diagnostic why_killed(std::string_view engine, int signal) {
  if (signal == SIGXFSZ) return diag::nowhere(Code::E0705, fmt::format("{} wrote a file of more than {} MiB, and was stopped", engine, largest_output >> 20));
  return diag::nowhere(Code::E0705, fmt::format("{} was killed ({})", engine, name_of_signal(signal)));
}

}  // namespace

std::string_view name_of(Engine engine) { return engine == Engine::lualatex ? "lualatex" : "pdflatex"; }

diag::Diagnostic why_failed(const Job& job, const std::string& program, const io::Outcome& outcome, std::string_view log, const Document& document) {
  const auto engine = name_of(job.engine);
  if (outcome.end == End::timed_out) return with_last_words(diag::nowhere(Code::E0704, fmt::format("{} did not end within {} s, and was stopped", engine, time_allowed(job).count())), outcome.output);
  if (outcome.end == End::not_started) return diag::nowhere(Code::E0705, fmt::format("`{}` can't be started: {}", program, outcome.failure.what)).helps(examine);
  if (outcome.end == End::signalled) return why_killed(engine, outcome.code);
  // With -halt-on-error there is one error that matters, the first.
  const auto said = read_log(log);
  if (!said.latex.empty() && said.latex < oldest_latex) {
    return diag::nowhere(Code::E0709, fmt::format("the LaTeX of {} is of {}; cvgen needs that of {} or later", engine, said.latex, oldest_latex))
        .helps("install TeX Live 2021 or later: Debian 12 and Ubuntu 22.04 have it, https://tug.org/texlive for other systems");
  }
  if (!said.errors.empty()) return report_error(said.errors.front(), document);
  if (outcome.output.find("memory exhausted") != std::string::npos) return diag::nowhere(Code::E0706, fmt::format("{} ran out of memory", engine));
  return with_last_words(diag::nowhere(Code::E0705, fmt::format("{} failed with exit code {}", engine, outcome.code)).helps(examine), outcome.output);
}

}  // namespace cvgen::typeset
