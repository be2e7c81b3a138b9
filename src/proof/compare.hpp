// Reads the text of a PDF against the CV that it was made of.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "diag/diagnostic.hpp"
#include "model/cv.hpp"

namespace cvgen::proof {

// The text as one way of reading gives it. Pages end with form feeds.
struct Reading {
  std::string name;   // "pdftotext -raw"
  std::string text;
  bool across = false;  // columns are read across, so that order means nothing
};

struct Options {
  std::string pdf;              // its name, for messages
  bool may_leave_out = false;   // a page budget may have left out whole entries and points
};

struct Tally {
  std::size_t words = 0;
  std::size_t entries = 0;
  std::size_t left_out = 0;  // entries and points
};

// What is lost, broken, out of place or meaningless goes into `sink`, at its place in the CV, once, however many readings
// show it.
Tally compare(const model::Cv& cv, std::span<const Reading> readings, const Options& options, const diag::Sources& sources, diag::Sink& sink);

}  // namespace cvgen::proof
