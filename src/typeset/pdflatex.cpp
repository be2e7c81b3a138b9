#include "typeset/pdflatex.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <utility>

#include "io/environment.hpp"
#include "io/file.hpp"
#include "io/signals.hpp"
#include "io/store.hpp"
#include "io/temporary.hpp"
#include "typeset/digest.hpp"
#include "typeset/ending.hpp"
#include "typeset/engine.hpp"
#include "typeset/finish.hpp"
#include "typeset/format.hpp"
#include "typeset/glyphs.hpp"
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

class Run {
 public:
  Run(const Job& job, diag::Sink& sink, std::string program, std::string folder)
      : job_(job),
        sink_(sink),
        document_(job.tex, job.line_spans),
        program_(std::move(program)),
        folder_(std::move(folder)),
        start_(io::now()),
        known_format_(job.format) {}

  std::optional<Product> typeset() {
    Product product;
    const bool remembers = job_.cache != nullptr && !job_.name.empty() && job_.earlier.empty();
    Memory before = job_.earlier;
    if (remembers) before = read_memory(job_.cache->get("passes", digest(job_.name)).value_or("")).value_or(Memory{});
    const auto remembered = before;
    find_format();
    if (!write_inputs(before)) return std::nullopt;
    Log log;
    while (true) {
      if (!pass(before)) return std::nullopt;
      ++product.passes;
      log = read_log(log_text_);
      auto after = memory_of(folder_, inputs_);
      const bool again = !(job_.most_pages > 0 && log.pages > job_.most_pages) && product.passes < job_.most_passes &&
                         needs_another_pass(before, after, log.wants_rerun);
      before = std::move(after);
      if (!again) break;
    }
    if (job_.engine == Engine::lualatex && job_.cache != nullptr) job_.cache->trim();
    announce(Ahead::Aim::product, before);
    if (remembers && before != remembered) job_.cache->put("passes", digest(job_.name), write_memory(before));
    auto pdf = product_of_pass();
    if (!pdf) {
      fail(diag::nowhere(Code::E0705, log_text_.find("No pages of output") != std::string::npos
                                          ? "the document has no pages"
                                          : std::string(name_of(job_.engine)) + " made no PDF"));
      return std::nullopt;
    }
    product.pdf = *std::move(pdf);
    if (made_format_ && format_ && job_.prove && !prove(before, product.pdf)) return std::nullopt;
    if (format_) product.format = format_->key();
    product.closed = format_ && closed_;
    product.left = std::move(before);
    product.pages = log.pages;
    const auto said = sink_.warning_count();
    warn(log);
    product.silent = sink_.warning_count() == said;
    // Whoever interrupts cvgen while it looks for gaps wants no PDF any more.
    if (io::interrupted() || job_.stop.stop_requested()) return std::nullopt;
    product.seconds = io::now() - start_;
    return product;
  }

  std::optional<Trace> trace() {
    // A single pass proves nothing.
    find_format(!job_.prove);
    if (!write_inputs({}) || !pass({})) return std::nullopt;
    announce(Ahead::Aim::trace, {});
    return Trace{std::move(log_text_), memory_of(folder_, inputs_)};
  }

 private:
  std::string path(std::string_view name) const { return fmt::format("{}/{}", folder_, name); }

  bool write(const std::string& name, std::string_view bytes) {
    // Names come from our own phases; anything that could leave the folder is a bug, and stops here.
    const bool plain = !name.empty() && name.front() != '.' && name.find('/') == std::string::npos;
    const auto written = plain ? io::write_file(path(name), bytes) : io::Failure{"is not a plain name", 0};
    if (!written && !io::interrupted()) {
      sink_.add(diag::nowhere(Code::E0802, fmt::format("can't write `{}`: {}", path(name), written.failure().what)));
    }
    return static_cast<bool>(written);
  }

  bool write_document() {
    const std::string file(Document::file);
    return format_ ? write(file, format_->document(job_.tex, job_.preamble_size)) : write(file, job_.tex);
  }

  bool write_memory_files(const Memory& memory) {
    return std::all_of(memory.begin(), memory.end(), [&](const auto& file) { return write(file.first, file.second); });
  }

  bool write_inputs(const Memory& before) {
    inputs_ = {std::string(Document::file)};
    for (const auto& asset : job_.assets) inputs_.push_back(asset.name);
    return write_document() && (move_ahead(before) || write_others(before));
  }

  bool write_others(const Memory& before) {
    return std::all_of(job_.assets.begin(), job_.assets.end(), [&](const Asset& asset) { return write(asset.name, asset.bytes); }) && write_memory_files(before);
  }

  // As if the last pass had not been.
  bool restore(const Memory& before) {
    for (const auto& [name, bytes] : memory_of(folder_, inputs_)) io::remove_file(path(name));
    return write_memory_files(before);
  }

  void find_format(bool or_make = true) {
    if (job_.cache == nullptr || job_.preamble_size == 0) return;
    const auto preamble = job_.tex.substr(0, job_.preamble_size);
    format_ = known_format_ != nullptr ? std::optional(*std::exchange(known_format_, nullptr)) : Format::find(*job_.cache, program_, preamble);
    if (!format_ && or_make) {
      format_ = Format::make(*job_.cache, program_, preamble, time_left(), job_.stop);
      made_format_ = format_.has_value();
    }
    if (format_ && !format_->usable()) format_.reset();
  }

  std::chrono::milliseconds time_left() const {
    const auto left = std::chrono::duration<double>(time_allowed(job_)).count() - (io::now() - start_);
    return std::chrono::milliseconds(std::max<long>(static_cast<long>(left * 1000), 1));
  }

  enum class Files { all, closed_tree };

  bool can_be_ahead() const { return job_.ahead != nullptr && format_ && format_->has_tree(); }

  Ahead::Run run_ahead() const { return {program_, *format_, time_allowed(job_), job_.cache}; }

  Ahead::Input input(Memory files) const {
    for (const auto& asset : job_.assets) files.insert_or_assign(asset.name, asset.bytes);
    return {format_->document(job_.tex, job_.preamble_size), std::move(files)};
  }

  // Into the folder of an engine that waits for this document, if there is one; it has the other files already.
  bool move_ahead(const Memory& before) {
    if (!can_be_ahead()) return false;
    early_ = job_.ahead->take(run_ahead(), input(before));
    if (!early_ || !io::rename(path(Document::file), fmt::format("{}/{}", early_->folder, Document::file))) return false;
    folder_ = early_->folder;
    waits_ = true;
    return true;
  }

  // A document much like it is likely to be set again, after a pass that leaves what this one has left.
  void announce(Ahead::Aim aim, const Memory& after) {
    if (can_be_ahead()) job_.ahead->want(job_.name, aim, run_ahead(), input(after));
  }

  io::Outcome call(const std::string& source, bool halt, Files files = Files::all) {
    // One that has ended since counts as run: it has left files.
    const bool early = std::exchange(waits_, false) && files == Files::closed_tree;
    auto outcome = early ? finish_early() : start(source, halt, files);
    auto log = io::read_regular_file(path("cv.log"), largest_log);
    log_text_ = log && !log->empty() ? *std::move(log) : outcome.output;
    return outcome;
  }

  io::Outcome finish_early() {
    const auto text = format_->document(job_.tex, job_.preamble_size);
    return early_->process.finish(std::string_view(text).substr(early_->process.fed()), time_left(), job_.stop);
  }

  io::Outcome start(const std::string& source, bool halt, Files files) const {
    auto command = tex_command(program_, folder_, source, time_left(), job_.cache);
    if (job_.engine == Engine::lualatex) make_lualatex(command, job_.font_folders, job_.cache, job_.trusted);
    command.stop = job_.stop;
    if (format_) format_->use_in(command, files == Files::closed_tree);
    if (!halt) std::erase(command.arguments, "-halt-on-error");
    return io::run(command);
  }

  void learn(const Searches& searches) {
    const auto pdf = io::read_regular_file(path("cv.pdf"), largest_output);
    format_->learn(*job_.cache, searches, pdf ? *pdf : std::string());
  }

  // True if the run was as good as one without the cache.
  bool try_format(const Memory& before, Files files) {
    const auto outcome = call(std::string(Document::file), true, files);
    if (outcome.end == End::interrupted) return false;
    const auto searched = io::read_regular_file(path(searches_file), largest_log);
    const auto searches = read_searches(searched ? *searched : std::string());
    bool good = outcome.end == End::exited && outcome.code == 0;
    if (good && files == Files::closed_tree) good = format_->suffices(searches) && !lacks_glyphs(log_text_);
    else if (good) learn(searches);
    return good || (restore(before), false);
  }

  bool pass_with_format(const Memory& before) {
    for (int tries = 0; format_ && tries < 2; ++tries) {
      // Reading all of it takes as long as TeX takes to begin.
      auto intact = std::async(std::launch::async | std::launch::deferred, [this] { return format_->is_intact(*job_.cache); });
      closed_ = format_->has_tree() && try_format(before, Files::closed_tree);
      intact.wait();  // a run with all files changes what the format knows
      const bool good = closed_ || try_format(before, Files::all);
      if (intact.get() && good) return true;
      if (io::interrupted()) return false;
      if (format_->is_intact(*job_.cache)) break;  // then it is the document
      if (io::interrupted()) return false;        // which ends reading, too
      format_->remove();
      find_format();
      if (!restore(before) || !write_document()) return false;
    }
    format_.reset();
    return false;
  }

  std::optional<std::string> product_of_pass() const {
    auto pdf = io::read_regular_file(path("cv.pdf"), largest_output);
    return pdf && !pdf->empty() ? std::optional(finished(*std::move(pdf))) : std::nullopt;
  }

  // Once more without the format, which is given up if the bytes are others; then those without it count.
  bool prove(const Memory& before, std::string& bytes) {
    auto format = std::exchange(format_, std::nullopt);
    if (!restore(before) || !write_document() || !pass(before)) return false;
    auto pdf = product_of_pass();
    if (pdf && *pdf == bytes) {
      format_ = std::move(format);
      return true;
    }
    format->never_again();
    if (pdf) bytes = *std::move(pdf);
    return true;
  }

  // False: it failed, and the sink knows why.
  bool pass(const Memory& before) {
    if (format_) {
      if (pass_with_format(before)) return true;
      if (!io::interrupted() && (!restore(before) || !write_document())) return false;
    }
    const auto outcome = call(std::string(Document::file), true);
    if (outcome.end == End::exited && outcome.code == 0) return true;
    if (outcome.end == End::interrupted) return false;
    fail(why_failed(job_, program_, outcome, log_text_, document_));
    return false;
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
    if (!io::write_file(folder->path() + "/cv.log", log_text_)) return {};
    return folder->keep();
  }

  void warn(const Log& log) {
    report_overfull(log, document_, sink_);
    if (log.missing_characters.empty()) return;
    format_.reset();
    if (!write_document()) return;
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
  const Format* known_format_;
  std::vector<std::string> inputs_;
  std::optional<Format> format_;
  bool made_format_ = false;  // by this run
  bool closed_ = false;       // the last pass kept to the closed tree
  std::string log_text_;  // of the last pass
  std::optional<Ahead::Engine> early_;  // in whose folder this run is
  bool waits_ = false;                  // it has not been called yet
};

}  // namespace

namespace {

// As https://reproducible-builds.org/specs/source-date-epoch/ wants it, up to the year 9999.
bool is_seconds(std::string_view value) {
  constexpr std::size_t most_digits = std::string_view("253402300799").size();
  return value.size() <= most_digits && value.find_first_not_of("0123456789") == std::string_view::npos && (value.size() < most_digits || value <= "253402300799");
}

// Finds the program, makes the folder, and calls `task` with a run in it.
template <class Task>
auto in_folder(const Job& job, diag::Sink& sink, Task task) -> decltype(task(std::declval<Run&>())) {
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

std::chrono::seconds time_allowed(const Job& job) {
  constexpr std::size_t bytes_a_second = 10'000;
  return job.time_limit + std::chrono::seconds(job.tex.size() / bytes_a_second);
}

std::optional<Product> run(const Job& job, diag::Sink& sink) {
  return in_folder(job, sink, [](Run& one) { return one.typeset(); });
}

std::optional<Trace> trace(const Job& job, diag::Sink& sink) {
  return in_folder(job, sink, [](Run& one) { return one.trace(); });
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
