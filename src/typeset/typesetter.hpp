// One document set by TeX, pass by pass, in a folder of its own, with as much from the cache as serves.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/diagnostic.hpp"
#include "io/process.hpp"
#include "typeset/ahead.hpp"
#include "typeset/format.hpp"
#include "typeset/pdflatex.hpp"
#include "typeset/searches.hpp"

namespace cvgen::typeset {

class Typesetter {
 public:
  // The sink gets errors of files that can't be written, E0802.
  Typesetter(const Job& job, diag::Sink& sink, std::string program, std::string folder);

  // Of the preamble; if there is none in the cache it may be made.
  void find_format(bool or_make);
  // Gives the format up, and the document its preamble back. False: it could not be written.
  bool drop_format();
  // What was given up, after all.
  void take_format(Format format) { format_ = std::move(format); }

  // Puts the document and its files into the folder, with what an earlier pass has left. False: they could not be written.
  bool begin(const Memory& before);
  // What `begin` and passes since have left is replaced.
  bool restore(const Memory& before);
  // One pass, after one that has left this. False: it failed, see outcome(), or files could not be written.
  bool pass(const Memory& before);
  // A pass that begins with this, and goes on after errors.
  void pass_for_log(const std::string& source) { call(source, false, Files::all); }
  // An engine may begin to wait for a document much like this one, after a pass that leaves this.
  void announce(Ahead::Aim aim, const Memory& after);

  // How the last pass failed; interrupted also if all is told.
  const io::Outcome& outcome() const { return outcome_; }
  const std::string& log() const { return log_; }
  Memory left() const { return memory_of(folder_, inputs_); }
  // Nothing if there is none.
  std::optional<std::string> pdf() const;

  const std::optional<Format>& format() const { return format_; }
  bool made_format() const { return made_format_; }
  // Whether the last pass kept to the files of the closed tree.
  bool was_closed() const { return format_ && closed_; }
  const std::string& program() const { return program_; }
  // Of which the last pass was, if it had waited: its folder goes with it.
  std::optional<Ahead::Engine> take_engine() { return std::exchange(early_, std::nullopt); }
  // Since the begin.
  double seconds() const;

 private:
  enum class Files { all, closed_tree };

  std::string path(std::string_view name) const;
  bool write(const std::string& name, std::string_view bytes);
  bool write_document();
  bool write_others(const Memory& before);
  bool write_memory_files(const Memory& memory);

  bool can_be_ahead() const { return job_.ahead != nullptr && format_ && format_->has_tree(); }
  Ahead::Run run_ahead() const { return {program_, *format_, time_allowed(job_), job_.cache}; }
  Ahead::Input input(Memory files) const;
  bool move_ahead(const Memory& before);

  std::chrono::milliseconds time_left() const;
  io::Outcome call(const std::string& source, bool halt, Files files);
  io::Outcome finish_early();
  io::Outcome start(const std::string& source, bool halt, Files files) const;
  void learn(const Searches& searches);
  bool try_format(const Memory& before, Files files);
  bool pass_with_format(const Memory& before);

  const Job& job_;
  diag::Sink& sink_;
  std::string program_;
  std::string folder_;
  double start_;
  const Format* known_format_;
  std::vector<std::string> inputs_;  // names of files that no pass has left
  std::optional<Format> format_;
  bool made_format_ = false;  // by this run
  bool closed_ = false;
  std::string log_;
  io::Outcome outcome_;
  std::optional<Ahead::Engine> early_;  // in whose folder this run is
  bool waits_ = false;                  // it has not been called yet
};

}  // namespace cvgen::typeset
