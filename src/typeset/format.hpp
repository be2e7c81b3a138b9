// A preamble that was loaded once and dumped as a format of TeX, so that a run begins behind it.
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "io/process.hpp"
#include "typeset/cache.hpp"
#include "typeset/manifest.hpp"

namespace cvgen::typeset {

class Format {
 public:
  // As it is in the cache, if it fits the program, the preamble, and the TeX installation as it is now.
  static std::optional<Format> find(const Cache& cache, const std::string& program, std::string_view preamble);
  // The one of this key, although it may fit no more; whoever makes use of a run with it must have found the same.
  static std::optional<Format> of_key(const Cache& cache, const std::string& key);
  // Whether the TeX installation is the one that the format of this key is for.
  static bool is_current(const Cache& cache, std::string_view key);
  // Made anew, which takes about as long as a run of the document, and put into the cache. Nothing if that can't be done, or if
  // another process is about to do it.
  static std::optional<Format> make(const Cache& cache, const std::string& program, std::string_view preamble,
                                    std::chrono::milliseconds time_limit, std::stop_token stop);

  // False: all there is to know is that this preamble can't be dumped.
  bool usable() const { return manifest_.usable; }
  // What the run reads instead of the document: the preamble's lines are there but empty, so that those of the rest keep
  // their numbers.
  std::string document(std::string_view tex, std::size_t preamble_size) const;

  // Has knowledge of the files that runs use; then a run may be kept to a tree of just these.
  bool has_tree() const { return !manifest_.tree_digest.empty(); }
  // Makes a run of the program (see engine.hpp) one that begins with the format. `closed`: in that tree.
  void use_in(io::Command& command, bool closed) const;
  // Of a run in the closed tree: it found what it would have found in the whole installation, and nothing else.
  bool suffices(const Searches& searches) const;
  // After a run in the whole installation, which left this PDF.
  void learn(const Cache& cache, const Searches& searches, std::string_view pdf);

  // Whether the files are as they were written. Reads them once while the system runs, and when they seem to have changed; may be
  // called from another thread.
  bool is_intact(const Cache& cache) const;
  // Out of the cache.
  void remove() const;
  // For as long as the installation stays as it is.
  void never_again();
  const std::string& key() const { return key_; }
  // Tells it and its tree from all others, those of the same key before and after included.
  std::string identity() const;

 private:
  Format(std::string folder, std::string key, Manifest manifest) : folder_(std::move(folder)), key_(std::move(key)), manifest_(std::move(manifest)) {}

  std::string folder_;
  std::string key_;
  Manifest manifest_;
};

}  // namespace cvgen::typeset
