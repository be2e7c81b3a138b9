#include "typeset/pdflatex.hpp"

#include <fmt/format.h>

#include <memory>
#include <utility>

#include "io/environment.hpp"
#include "io/file.hpp"
#include "io/signals.hpp"
#include "io/temporary.hpp"
#include "typeset/digest.hpp"
#include "typeset/ending.hpp"
#include "typeset/finish.hpp"
#include "typeset/log.hpp"
#include "typeset/packages.hpp"
#include "typeset/report.hpp"
#include "typeset/typesetter.hpp"

namespace cvgen::typeset {
namespace {

using diag::Code;
using diag::Diagnostic;

class Run {
 public:
  Run(const Job& job, diag::Sink& sink, std::string program, std::string folder)
      : job_(job), sink_(sink), document_(job.tex, job.line_spans), tex_(job, sink, std::move(program), std::move(folder)) {}

  std::optional<Product> typeset() {
    Product product;
    const bool remembers = job_.cache != nullptr && !job_.name.empty() && job_.earlier.empty();
    Memory before = job_.earlier;
    if (remembers) before = read_memory(job_.cache->get("passes", digest(job_.name)).value_or("")).value_or(Memory{});
    const auto remembered = before;
    tex_.find_format(true);
    if (!tex_.begin(before)) return std::nullopt;
    Log log;
    while (true) {
      if (!pass(before)) return std::nullopt;
      ++product.passes;
      log = read_log(tex_.log());
      auto after = tex_.left();
      const bool again = !(job_.most_pages > 0 && log.pages > job_.most_pages) && product.passes < job_.most_passes &&
                         needs_another_pass(before, after, log.wants_rerun);
      before = std::move(after);
      if (!again) break;
    }
    if (job_.engine == Engine::lualatex && job_.cache != nullptr) job_.cache->trim();
    tex_.announce(Ahead::Aim::product, before);
    if (remembers && before != remembered) job_.cache->put("passes", digest(job_.name), write_memory(before));
    auto pdf = finished_pdf();
    if (!pdf) {
      fail(diag::nowhere(Code::E0705, tex_.log().find("No pages of output") != std::string::npos
                                          ? "the document has no pages"
                                          : std::string(name_of(job_.engine)) + " made no PDF"));
      return std::nullopt;
    }
    product.pdf = *std::move(pdf);
    if (tex_.made_format() && tex_.format() && job_.prove && !prove(before, product.pdf)) return std::nullopt;
    if (tex_.format()) product.format = tex_.format()->key();
    product.closed = tex_.was_closed();
    product.left = std::move(before);
    product.pages = log.pages;
    const auto said = sink_.warning_count();
    warn(log);
    product.silent = sink_.warning_count() == said;
    // Whoever interrupts cvgen while it looks for gaps wants no PDF any more.
    if (io::interrupted() || job_.stop.stop_requested()) return std::nullopt;
    product.seconds = tex_.seconds();
    return product;
  }

  std::optional<Trace> trace() {
    // A single pass proves nothing.
    tex_.find_format(!job_.prove);
    if (!tex_.begin({}) || !pass({})) return std::nullopt;
    tex_.announce(Ahead::Aim::trace, {});
    return Trace{tex_.log(), tex_.left()};
  }

  std::optional<Ahead::Engine> take_engine() { return tex_.take_engine(); }

 private:
  // False: it failed, and the sink knows why, unless it was interrupted.
  bool pass(const Memory& before) {
    if (tex_.pass(before)) return true;
    if (tex_.outcome().end != io::Outcome::End::interrupted) fail(why_failed(job_, tex_.program(), tex_.outcome(), tex_.log(), document_));
    return false;
  }

  std::optional<std::string> finished_pdf() const {
    auto pdf = tex_.pdf();
    return pdf ? std::optional(finished(*std::move(pdf))) : std::nullopt;
  }

  // Once more without the format, which is given up if the bytes are others; then those without it count.
  bool prove(const Memory& before, std::string& bytes) {
    auto format = *tex_.format();
    if (!tex_.restore(before) || !tex_.drop_format() || !pass(before)) return false;
    auto pdf = finished_pdf();
    if (pdf && *pdf == bytes) {
      tex_.take_format(std::move(format));
      return true;
    }
    format.never_again();
    if (pdf) bytes = *std::move(pdf);
    return true;
  }

  // Adds the error, and leaves what one needs to look into it. A file that isn't installed needs no looking into.
  void fail(Diagnostic diagnostic) {
    if (diagnostic.help.empty()) diagnostic.help.emplace_back(job_.advice);
    if (diagnostic.code != Code::E0702 && (job_.failures_kept == nullptr || job_.failures_kept->fetch_sub(1) > 0)) {
      if (const auto kept = keep_log(); !kept.empty()) {
        diagnostic.notes.push_back(fmt::format("the LaTeX file and its log are kept in {}{}", kept, job_.failures_kept == nullptr ? "" : ", those of further failures are not"));
      }
    }
    sink_.add(std::move(diagnostic));
  }

  std::string keep_log() const {
    auto folder = io::TemporaryFolder::create("cvgen-failed-");
    if (!folder) return {};
    if (!io::write_file(folder->path() + "/cv.tex", job_.tex)) return {};
    if (!io::write_file(folder->path() + "/cv.log", tex_.log())) return {};
    return folder->keep();
  }

  void warn(const Log& log) {
    report_overfull(log, document_, sink_);
    if (log.missing_characters.empty() || !tex_.drop_format()) return;
    // TeX tells of gaps without a line number, unless they are errors (TeX Live 2021 and later). It takes a pass of
    // its own, but only when something is amiss. Its PDF isn't used, and its failure doesn't matter.
    tex_.pass_for_log(fmt::format("\\tracinglostchars=3 \\input{{{}}}", Document::file));
    report_missing_characters(log, read_log(tex_.log()).errors, document_, sink_);
  }

  const Job& job_;
  diag::Sink& sink_;
  Document document_;
  Typesetter tex_;
};

// As https://reproducible-builds.org/specs/source-date-epoch/ wants it, up to the year 9999.
bool is_seconds(std::string_view value) {
  constexpr std::size_t most_digits = std::string_view("253402300799").size();
  return value.size() <= most_digits && value.find_first_not_of("0123456789") == std::string_view::npos && (value.size() < most_digits || value <= "253402300799");
}

struct Remains {
  io::TemporaryFolder folder;
  std::optional<Ahead::Engine> engine;
};

// Finds the program, makes the folder, and calls `task` with a run in it, and with the folder.
template <class Task>
auto in_folder(const Job& job, diag::Sink& sink, Task task) -> decltype(task(std::declval<Run&>(), std::declval<io::TemporaryFolder&>())) {
  if (const auto date = io::variable("SOURCE_DATE_EPOCH"); date && !is_seconds(*date)) {
    sink.add(diag::nowhere(Code::E0705, fmt::format("SOURCE_DATE_EPOCH is `{}`, which is no date", printable(*date)))
                 .helps("set it to whole seconds since 1970, as `date +%s` prints them, or unset it"));
    return std::nullopt;
  }
  auto program = io::find_on_path(job.program);
  if (!program) {
    sink.add(diag::nowhere(Code::E0701, fmt::format("`{}` is not installed", job.program))
                 .helps(fmt::format("on Debian and Ubuntu: `{}`", job.engine == Engine::lualatex ? install_lualatex : install_all))
                 .helps("elsewhere: install TeX Live or MacTeX; `cvgen doctor` then says whether all is there"));
    return std::nullopt;
  }
  auto folder = io::TemporaryFolder::create();
  if (!folder) {
    sink.add(diag::nowhere(Code::E0802,
                           fmt::format("can't make a folder in {}: {}", io::temporary_root(), folder.failure().what))
                 .helps("set TMPDIR to a folder that can be written to"));
    return std::nullopt;
  }
  Run run(job, sink, *std::move(program), folder->path());
  return task(run, *folder);
}

}  // namespace

std::chrono::seconds time_allowed(const Job& job) {
  constexpr std::size_t bytes_a_second = 10'000;
  return job.time_limit + std::chrono::seconds(job.tex.size() / bytes_a_second);
}

std::optional<Product> run(const Job& job, diag::Sink& sink) {
  return in_folder(job, sink, [](Run& one, io::TemporaryFolder& folder) {
    auto product = one.typeset();
    if (product) product->remains = std::make_shared<const Remains>(Remains{std::move(folder), one.take_engine()});
    return product;
  });
}

std::optional<Trace> trace(const Job& job, diag::Sink& sink) {
  return in_folder(job, sink, [](Run& one, io::TemporaryFolder&) { return one.trace(); });
}

std::optional<Basis> basis(const Job& job) {
  const auto program = job.cache != nullptr && job.preamble_size > 0 ? io::find_on_path(job.program) : std::nullopt;
  const auto format = program ? Format::find(*job.cache, *program, job.tex.substr(0, job.preamble_size)) : std::nullopt;
  if (!format || !format->usable()) return std::nullopt;
  Digest all;
  all.add(*program).add(format->key()).add(format->identity());
  for (const auto& asset : job.assets) all.add(asset.name).add(asset.bytes);
  return Basis{*format, all.hex()};
}

}  // namespace cvgen::typeset
