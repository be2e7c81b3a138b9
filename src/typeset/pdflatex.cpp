#include "typeset/pdflatex.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <utility>

#include "io/environment.hpp"
#include "io/file.hpp"
#include "io/signals.hpp"
#include "io/temporary.hpp"
#include "typeset/engine.hpp"
#include "typeset/log.hpp"
#include "typeset/packages.hpp"
#include "typeset/passes.hpp"
#include "typeset/report.hpp"

namespace cvgen::typeset {
namespace {

using diag::Code;
using diag::Diagnostic;
using End = io::Outcome::End;

constexpr std::size_t largest_log = 64U << 20;

// Adds what pdflatex printed last, for the cases in which the log says nothing.
Diagnostic with_last_words(Diagnostic diagnostic, std::string_view output) {
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

class Run {
 public:
  Run(const Job& job, diag::Sink& sink, std::string program, std::string folder)
      : job_(job),
        sink_(sink),
        document_(job.tex, job.line_spans),
        program_(std::move(program)),
        folder_(std::move(folder)),
        start_(io::now()) {}

  std::optional<Product> typeset() {
    if (!write_inputs()) return std::nullopt;
    Product product;
    Memory before = job_.earlier;
    Log log;
    while (true) {
      if (!pass(std::string(Document::file))) return std::nullopt;
      ++product.passes;
      log = read_log(log_text_);
      auto after = memory_of(folder_, inputs_);
      if (job_.most_pages > 0 && log.pages > job_.most_pages) break;
      if (product.passes >= job_.most_passes || !needs_another_pass(before, after, log.wants_rerun)) break;
      before = std::move(after);
    }
    auto pdf = io::read_file(path("cv.pdf"), largest_output);
    if (!pdf || pdf->empty()) {
      fail(diag::nowhere(Code::E0705, log_text_.find("No pages of output") != std::string::npos
                                          ? "the document has no pages"
                                          : "pdflatex made no PDF"));
      return std::nullopt;
    }
    product.pdf = *std::move(pdf);
    product.pages = log.pages;
    warn(log);
    // Whoever interrupts cvgen while it looks for gaps wants no PDF any more.
    if (io::interrupted()) return std::nullopt;
    product.seconds = io::now() - start_;
    return product;
  }

  std::optional<Trace> trace() {
    if (!write_inputs() || !pass(std::string(Document::file))) return std::nullopt;
    return Trace{std::move(log_text_), memory_of(folder_, inputs_)};
  }

 private:
  std::string path(std::string_view name) const { return fmt::format("{}/{}", folder_, name); }

  bool write_inputs() {
    auto write = [&](const std::string& name, std::string_view bytes) {
      inputs_.push_back(name);
      // Names come from our own phases; anything that could leave the folder is a bug, and stops here.
      const bool plain = !name.empty() && name.front() != '.' && name.find('/') == std::string::npos;
      const auto written = plain ? io::write_file(path(name), bytes) : io::Failure{"is not a plain name", 0};
      if (!written && !io::interrupted()) {
        sink_.add(diag::nowhere(Code::E0802, fmt::format("can't write `{}`: {}", path(name), written.failure().what)));
      }
      return static_cast<bool>(written);
    };
    if (!write(std::string(Document::file), job_.tex)) return false;
    for (const auto& asset : job_.assets) {
      if (!write(asset.name, asset.bytes)) return false;
    }
    const auto inputs = inputs_.size();
    for (const auto& [name, bytes] : job_.earlier) {
      if (!write(name, bytes)) return false;
    }
    inputs_.resize(inputs);
    return true;
  }

  io::Outcome call(const std::string& source, bool halt) {
    const auto left = std::chrono::duration<double>(job_.time_limit).count() - (io::now() - start_);
    const auto milliseconds = std::chrono::milliseconds(std::max<long>(static_cast<long>(left * 1000), 1));
    auto command = tex_command(program_, folder_, source, milliseconds);
    if (!halt) std::erase(command.arguments, "-halt-on-error");
    auto outcome = io::run(command);
    auto log = io::read_file(path("cv.log"), largest_log);
    log_text_ = log && !log->empty() ? *std::move(log) : outcome.output;
    return outcome;
  }

  // False: it failed, and the sink knows why.
  bool pass(const std::string& source) {
    const auto outcome = call(source, true);
    if (outcome.end == End::exited && outcome.code == 0) return true;
    if (outcome.end == End::interrupted) return false;
    fail(reason(outcome));
    return false;
  }

  Diagnostic reason(const io::Outcome& outcome) const {
    switch (outcome.end) {
      case End::timed_out:
        return with_last_words(
            diag::nowhere(Code::E0704,
                          fmt::format("pdflatex did not end within {} s, and was stopped", job_.time_limit.count())),
            outcome.output);
      case End::not_started:
        return diag::nowhere(Code::E0705, fmt::format("`{}` can't be started: {}", program_, outcome.failure.what))
            .helps("`cvgen doctor` examines the TeX installation");
      case End::signalled:
        if (outcome.code == SIGXFSZ) {
          return diag::nowhere(Code::E0705, fmt::format("pdflatex wrote a file of more than {} MiB, and was stopped",
                                                        largest_output >> 20));
        }
        return diag::nowhere(Code::E0705, fmt::format("pdflatex was killed ({})", name_of_signal(outcome.code)));
      default:
        break;
    }
    // With -halt-on-error there is one error that matters, the first.
    const auto log = read_log(log_text_);
    if (!log.errors.empty()) return report_error(log.errors.front(), document_);
    if (outcome.output.find("memory exhausted") != std::string::npos) {
      return diag::nowhere(Code::E0706, "pdflatex ran out of memory");
    }
    return with_last_words(diag::nowhere(Code::E0705, fmt::format("pdflatex failed with exit code {}", outcome.code))
                               .helps("`cvgen doctor` examines the TeX installation"),
                           outcome.output);
  }

  // Adds the error, and leaves what one needs to look into it. A file that isn't installed needs no looking into.
  void fail(Diagnostic diagnostic) {
    if (diagnostic.help.empty()) diagnostic.help.emplace_back(job_.advice);
    if (diagnostic.code != Code::E0702) {
      if (const auto kept = keep_log(); !kept.empty()) {
        diagnostic.notes.push_back(fmt::format("the LaTeX file and its log are kept in {}", kept));
      }
    }
    sink_.add(std::move(diagnostic));
  }

  std::string keep_log() const {
    auto folder = io::TemporaryFolder::create("cvgen-failed-");
    if (!folder) return {};
    if (!io::write_file(folder->path() + "/cv.tex", job_.tex)) return {};
    if (!io::write_file(folder->path() + "/cv.log", log_text_)) return {};
    return folder->keep();
  }

  void warn(const Log& log) {
    report_overfull(log, document_, sink_);
    if (log.missing_characters.empty()) return;
    // TeX tells of gaps without a line number, unless they are errors (TeX Live 2021 and later). It takes a pass of
    // its own, but only when something is amiss. Its PDF isn't used, and its failure doesn't matter.
    call(fmt::format("\\tracinglostchars=3 \\input{{{}}}", Document::file), false);
    report_missing_characters(log, read_log(log_text_).errors, document_, sink_);
  }

  const Job& job_;
  diag::Sink& sink_;
  Document document_;
  std::string program_;
  std::string folder_;
  double start_;
  std::vector<std::string> inputs_;
  std::string log_text_;  // of the last pass
};

}  // namespace

namespace {

// Finds the program, makes the folder, and calls `task` with a run in it.
template <class Task>
auto in_folder(const Job& job, diag::Sink& sink, Task task) -> decltype(task(std::declval<Run&>())) {
  auto program = io::find_on_path(job.program);
  if (!program) {
    sink.add(diag::nowhere(Code::E0701, fmt::format("`{}` is not installed", job.program))
                 .helps(fmt::format("on Debian and Ubuntu: `{}`", install_all))
                 .helps("elsewhere: install TeX Live or MacTeX; `cvgen doctor` then says whether all is there"));
    return std::nullopt;
  }
  const auto folder = io::TemporaryFolder::create();
  if (!folder) {
    sink.add(diag::nowhere(Code::E0802,
                           fmt::format("can't make a folder in {}: {}", io::temporary_root(), folder.failure().what))
                 .helps("set TMPDIR to a folder that can be written to"));
    return std::nullopt;
  }
  Run run(job, sink, *std::move(program), folder->path());
  return task(run);
}

}  // namespace

std::optional<Product> run(const Job& job, diag::Sink& sink) {
  return in_folder(job, sink, [](Run& one) { return one.typeset(); });
}

std::optional<Trace> trace(const Job& job, diag::Sink& sink) {
  return in_folder(job, sink, [](Run& one) { return one.trace(); });
}

}  // namespace cvgen::typeset
