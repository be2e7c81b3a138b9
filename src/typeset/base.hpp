// LaTeX itself as a format that takes less memory than the one that TeX Live makes, so that what is dumped on top of it is read
// faster.
//
// While LaTeX is loaded it makes tables of UnicodeData.txt. Where a hundred thousand code points in a row are not assigned, it writes
// down the same thing so often that a format is five times as large as what is in it, and TeX can't give that back. With some
// of those code points listed, as not assigned, the tables come out the same. And it sets room aside for regular expressions on texts of
// 65,536 tokens; one that needs more than is left of it is an error of TeX, upon which a document is run without its format.
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "typeset/cache.hpp"
#include "typeset/manifest.hpp"

namespace cvgen::typeset {

class Base {
 public:
  // Of the one that is in the cache, which need not be current; empty: none is. Takes no time.
  static std::string id_of(const Cache& cache, const std::string& program);
  // As it is in the cache, if it is whole and fits the program and the TeX installation; id_of() knows it from then on. Else it is
  // forgotten.
  static std::optional<Base> find(const Cache& cache, const std::string& program);
  // The same, made anew if need be, which takes some seconds. Nothing if this LaTeX is not one that it is known to work with, or if
  // another process is about to do it.
  static std::optional<Base> make(const Cache& cache, const std::string& program, std::chrono::milliseconds time_limit, std::stop_token stop);

  // Tells it from all others.
  const std::string& id() const { return manifest_.format_digest; }
  // What TeX calls it.
  std::string start() const { return folder_ + "/cv"; }
  const Manifest& manifest() const { return manifest_; }

 private:
  Base(std::string folder, Manifest manifest) : folder_(std::move(folder)), manifest_(std::move(manifest)) {}

  std::string folder_;
  Manifest manifest_;
};

// For tests.
// UnicodeData.txt (Unicode Standard Annex 44) with lines for some code points that are not assigned.
std::string with_unassigned(std::string_view unicode_data);
// The code of expl3 with smaller arrays for regular expressions.
std::string with_small_arrays(std::string_view expl3);

}  // namespace cvgen::typeset
