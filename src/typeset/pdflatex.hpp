// From a LaTeX document to a PDF, by pdflatex, in a folder of its own.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "typeset/ahead.hpp"
#include "typeset/cache.hpp"
#include "typeset/engine.hpp"
#include "typeset/format.hpp"
#include "typeset/passes.hpp"

namespace cvgen::typeset {

// A file that the document refers to: a photo, a class of the template. A plain name, without folders.
struct Asset {
  std::string name;
  std::string bytes;
};

struct Job {
  std::string_view tex;  // the whole document
  // Line N of tex (from 1) came from (*line_spans)[N - 1]; an empty Span{} stands for no one place. May be null.
  const std::vector<diag::Span>* line_spans = nullptr;
  std::vector<Asset> assets;
  // The first bytes of tex that hold nothing but the template and its settings, up to the end of a line. With a cache they
  // are loaded once for many runs. 0: none.
  std::size_t preamble_size = 0;
  const Cache* cache = nullptr;         // null: none
  const Format* format = nullptr;       // of the preamble, if it has been found there already; null: it is looked for
  Ahead* ahead = nullptr;               // where its first run may have begun already; null: none
  bool prove = false;                   // a preamble that was loaded for it is used again only if it gives the same bytes as without
  std::string name;                     // of the document, by which it finds what its last run left in the cache; empty: nothing
  Memory earlier;                       // what an earlier pass would have left, if that is known without the last run; saves a pass
  std::string_view advice = "`cvgen doctor` examines the TeX installation; if all is well there, please report this";  // on an error of TeX
  int most_passes = 4;
  int most_pages = 0;  // 0: any number; a pass that gives more is the last, since the product will not be used
  std::chrono::seconds time_limit{30};  // for all passes together of a short document, see time_allowed
  std::string program = "pdflatex";     // a name on PATH, or a path
  Engine engine = Engine::pdflatex;     // what the program is
  bool trusted = false;                   // its template is cvgen's own, so that there is no Lua of others in it
  std::vector<std::string> font_folders;  // where lualatex looks beside the TeX trees
  // How many failed runs of all jobs that share it still leave their document and log in a folder, which the error names; null:
  // every one does.
  std::atomic<int>* failures_kept = nullptr;
  std::stop_token stop = {};            // ends the run early: then there is neither a product nor an error
};

// The time limit, with a second more for every 10 KB of the document, some fifty times of what TeX takes for them.
std::chrono::seconds time_allowed(const Job& job);

struct Product {
  std::string pdf;
  int pages = 0;
  int passes = 0;
  double seconds = 0;
  std::string format;   // in the cache, of the preamble: its key; empty: none was used
  bool closed = false;  // and so did all files that TeX read
  bool silent = false;  // there was nothing to warn of
  Memory left;          // by the last pass, for the next run
  std::shared_ptr<const void> remains;  // folders of the run, which go with it; nobody need wait for that
};

// As many passes as the document needs, up to most_passes. Without a product the sink has an error that says why: E0701 to
// E0706 or E0802; only if it was stopped or cvgen was interrupted (io::interrupted()) it has none. With a product it may have warnings,
// W0701 and W0702.
std::optional<Product> run(const Job& job, diag::Sink& sink);

// What a pass says in its log, and the files it leaves.
struct Trace {
  std::string log;
  Memory files;
};

// One pass, whatever it asks for. Without a trace the sink has an error, as above.
std::optional<Trace> trace(const Job& job, diag::Sink& sink);

// What a run depends on beside its document.
struct Basis {
  Format format;       // of its preamble
  std::string digest;  // of that, of the program, and of what the document refers to
};
// Nothing if the cache doesn't have the format.
std::optional<Basis> basis(const Job& job);

}  // namespace cvgen::typeset
