// One document: a variant of a CV, from the element tree to the file.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "cli/files.hpp"
#include "cli/session.hpp"
#include "cli/target.hpp"
#include "typeset/ahead.hpp"
#include "typeset/cache.hpp"

namespace cvgen::cli {

struct CompileOptions {
  std::optional<std::string> template_name;
  std::vector<std::string> settings;  // KEY=VALUE
  EngineChoice engine = EngineChoice::automatic;
  bool strict = false;
  std::optional<int> pages;  // over the variant's own
  bool fill = false;
  bool dry_run = false;
  bool report_json = false;
  int dpi = 0;  // of PNGs
  bool check = false;  // the PDF is read back
  std::optional<std::string> letter;  // its name: it is written, not the CV
  std::optional<model::Date> letter_date;  // over its own
  const typeset::Cache* cache = nullptr;  // null: none
  typeset::Ahead* ahead = nullptr;  // runs of TeX that wait for documents; null: none
  bool force = false;                     // although the output is what it would be
  std::stop_token stop = {};  // once the result is no longer wanted; then nothing is written
  std::atomic<int>* failures_kept = nullptr;  // of so many failures of TeX the log is kept, in a folder of its own; null: of all
  bool among_others = false;  // other CVs are compiled as well, so that words have to say which one they are about
};

struct Compiled {
  bool written = false;
  std::vector<std::string> paths;  // of the document; pictures have one for each page
  std::vector<FileRead> files;     // that it is made of
  std::string fit;          // what was done to make it fit its pages
  std::string fit_details;  // the same with all that was left out, for --verbose
  std::string summary;  // "wrote cv.pdf (2 pages, 84 KiB, 0.14 s)"
  std::string checked;  // all is well with the text of the PDF
  std::string details;  // for --verbose
  std::shared_ptr<const void> remains;  // see typeset::Product
};

// What is wrong goes into `sink`; nothing is written then.
Compiled compile(const Input& input, const model::Variant& variant, const Target& target, const CompileOptions& options,
                 const Templates& templates, const diag::Sources& sources, diag::Sink& sink);

}  // namespace cvgen::cli
