#include "typeset/typesetter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <utility>

#include "io/environment.hpp"
#include "io/file.hpp"
#include "io/signals.hpp"
#include "typeset/engine.hpp"
#include "typeset/glyphs.hpp"
#include "typeset/report.hpp"

namespace cvgen::typeset {

namespace {

using End = io::Outcome::End;

// Logs and searches are not read beyond this.
constexpr std::size_t largest_log = 64U << 20;

}  // namespace

Typesetter::Typesetter(const Job& job, diag::Sink& sink, std::string program, std::string folder)
    : job_(job), sink_(sink), program_(std::move(program)), folder_(std::move(folder)), start_(io::now()), known_format_(job.format) {}

double Typesetter::seconds() const { return io::now() - start_; }

std::string Typesetter::path(std::string_view name) const { return fmt::format("{}/{}", folder_, name); }

// --- Files ---

bool Typesetter::write(const std::string& name, std::string_view bytes) {
  // Names come from our own phases; anything that could leave the folder is a bug, and stops here.
  const bool plain = !name.empty() && name.front() != '.' && name.find('/') == std::string::npos;
  const auto written = plain ? io::write_file(path(name), bytes) : io::Failure{"is not a plain name", 0};
  if (!written && !io::interrupted()) {
    sink_.add(diag::nowhere(diag::Code::E0802, fmt::format("can't write `{}`: {}", path(name), written.failure().what)));
  }
  return static_cast<bool>(written);
}

bool Typesetter::write_document() {
  const std::string file(Document::file);
  return format_ ? write(file, format_->document(job_.tex, job_.preamble_size)) : write(file, job_.tex);
}

bool Typesetter::write_memory_files(const Memory& memory) {
  return std::all_of(memory.begin(), memory.end(), [&](const auto& file) { return write(file.first, file.second); });
}

bool Typesetter::write_others(const Memory& before) {
  return std::all_of(job_.assets.begin(), job_.assets.end(), [&](const Asset& asset) { return write(asset.name, asset.bytes); }) && write_memory_files(before);
}

bool Typesetter::begin(const Memory& before) {
  inputs_ = {std::string(Document::file)};
  for (const auto& asset : job_.assets) inputs_.push_back(asset.name);
  return write_document() && (move_ahead(before) || write_others(before));
}

bool Typesetter::restore(const Memory& before) {
  for (const auto& [name, bytes] : left()) io::remove_file(path(name));
  return write_memory_files(before);
}

std::optional<std::string> Typesetter::pdf() const {
  auto pdf = io::read_regular_file(path("cv.pdf"), largest_output);
  return pdf && !pdf->empty() ? std::optional(*std::move(pdf)) : std::nullopt;
}

// --- The format ---

void Typesetter::find_format(bool or_make) {
  if (job_.cache == nullptr || job_.preamble_size == 0) return;
  const auto preamble = job_.tex.substr(0, job_.preamble_size);
  format_ = known_format_ != nullptr ? std::optional(*std::exchange(known_format_, nullptr)) : Format::find(*job_.cache, program_, preamble);
  if (!format_ && or_make) {
    format_ = Format::make(*job_.cache, program_, preamble, time_left(), job_.stop);
    made_format_ = format_.has_value();
  }
  if (format_ && !format_->usable()) format_.reset();
}

bool Typesetter::drop_format() {
  format_.reset();
  return write_document();
}

void Typesetter::learn(const Searches& searches) { format_->learn(*job_.cache, searches, pdf().value_or("")); }

// --- An engine that was started ahead ---

Ahead::Input Typesetter::input(Memory files) const {
  for (const auto& asset : job_.assets) files.insert_or_assign(asset.name, asset.bytes);
  return {format_->document(job_.tex, job_.preamble_size), std::move(files)};
}

// Into the folder of an engine that waits for this document, if there is one; it has the other files already.
bool Typesetter::move_ahead(const Memory& before) {
  if (!can_be_ahead()) return false;
  early_ = job_.ahead->take(run_ahead(), input(before));
  if (!early_ || !io::rename(path(Document::file), fmt::format("{}/{}", early_->folder, Document::file))) return false;
  folder_ = early_->folder;
  waits_ = true;
  return true;
}

void Typesetter::announce(Ahead::Aim aim, const Memory& after) {
  if (can_be_ahead()) job_.ahead->want(job_.name, aim, run_ahead(), input(after));
}

io::Outcome Typesetter::finish_early() {
  const auto text = format_->document(job_.tex, job_.preamble_size);
  return early_->process.finish(std::string_view(text).substr(early_->process.fed()), time_left(), job_.stop);
}

// --- Passes ---

std::chrono::milliseconds Typesetter::time_left() const {
  const auto left = std::chrono::duration<double>(time_allowed(job_)).count() - seconds();
  return std::chrono::milliseconds(std::max<long>(static_cast<long>(left * 1000), 1));
}

io::Outcome Typesetter::start(const std::string& source, bool halt, Files files) const {
  auto command = tex_command(program_, folder_, source, time_left(), job_.cache);
  if (job_.engine == Engine::lualatex) make_lualatex(command, job_.font_folders, job_.cache, job_.trusted);
  command.stop = job_.stop;
  if (format_) format_->use_in(command, files == Files::closed_tree);
  if (!halt) std::erase(command.arguments, "-halt-on-error");
  return io::run(command);
}

io::Outcome Typesetter::call(const std::string& source, bool halt, Files files) {
  // One that has ended since counts as run: it has left files.
  const bool early = std::exchange(waits_, false) && files == Files::closed_tree;
  auto outcome = early ? finish_early() : start(source, halt, files);
  auto log = io::read_regular_file(path("cv.log"), largest_log);
  log_ = log && !log->empty() ? *std::move(log) : outcome.output;
  return outcome;
}

// True if the run was as good as one without the cache.
bool Typesetter::try_format(const Memory& before, Files files) {
  const auto outcome = call(std::string(Document::file), true, files);
  if (outcome.end == End::interrupted) return false;
  const auto searched = io::read_regular_file(path(searches_file), largest_log);
  const auto searches = read_searches(searched ? *searched : std::string());
  bool good = outcome.end == End::exited && outcome.code == 0;
  if (good && files == Files::closed_tree) good = format_->suffices(searches) && !lacks_glyphs(log_);
  else if (good) learn(searches);
  return good || (restore(before), false);
}

bool Typesetter::pass_with_format(const Memory& before) {
  for (int tries = 0; format_ && tries < 2; ++tries) {
    // Reading all of it takes as long as TeX takes to begin.
    auto intact = std::async(std::launch::async | std::launch::deferred, [this] { return format_->is_intact(*job_.cache); });
    closed_ = format_->has_tree() && try_format(before, Files::closed_tree);
    intact.wait();  // a run with all files changes what the format knows
    const bool good = closed_ || try_format(before, Files::all);
    if (intact.get() && good) return true;
    if (io::interrupted()) return false;
    if (format_->is_intact(*job_.cache)) break;  // then it is the document
    if (io::interrupted()) return false;         // which ends reading, too
    format_->remove();
    find_format(true);
    if (!restore(before) || !write_document()) return false;
  }
  format_.reset();
  return false;
}

bool Typesetter::pass(const Memory& before) {
  if (format_) {
    if (pass_with_format(before)) return true;
    if (!io::interrupted() && (!restore(before) || !write_document())) {
      outcome_.end = End::interrupted;
      return false;
    }
  }
  outcome_ = call(std::string(Document::file), true, Files::all);
  return outcome_.end == End::exited && outcome_.code == 0;
}

}  // namespace cvgen::typeset
