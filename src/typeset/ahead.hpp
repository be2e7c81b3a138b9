// The next runs of TeX, started before they are wanted: with their format loaded, they have set what of their documents will
// most likely stay as it is, and wait for the rest.
#pragma once

#include <chrono>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/process.hpp"
#include "io/store.hpp"
#include "io/temporary.hpp"
#include "typeset/cache.hpp"
#include "typeset/format.hpp"
#include "typeset/passes.hpp"

namespace cvgen::typeset {

class Ahead {
 public:
  // Removes what a cvgen that was killed has left of the same.
  static void tidy_up();

  // What a run reads in its folder.
  struct Input {
    std::string text;  // of the document
    Memory files;      // beside it
  };
  struct Engine {
    std::string folder;  // of the run; has the files already, and the document is read from a pipe there
    io::TemporaryFolder home;
    io::Lock lock;
    io::EarlyProcess process;
  };

  // How the document is run.
  struct Run {
    std::string program;
    Format format;
    std::chrono::seconds time_limit;
    const Cache* cache;

    // In the tree of the format.
    io::Command command(const std::string& folder) const;
  };
  // After a run of a document that could have been one of these. `name`: by which it is known when it comes again. `input`: of the
  // next run, should nothing change. Those of which a PDF is made come before those that are only measured.
  enum class Aim { product, trace };
  void want(const std::string& name, Aim aim, Run run, Input input);
  // The last PDF that was wanted, for a process that renders the same document later; nothing if there is none or its files are large.
  std::optional<std::string> to_recall() const;
  // Wants that, if these are words of to_recall() and the format is still there. The text is not known then.
  void recall(const Cache& cache, std::string_view words);
  // One that is as far as that run will come with this input. Of several the one that has come farthest.
  std::optional<Engine> take(const Run& run, const Input& input);
  // Starts those that were wanted last, as far as they don't wait already, and ends the others. They end with the thread that
  // calls this.
  void prepare();

 private:
  struct Wanted {
    std::string name;
    Aim aim;
    Run run;
    Input input;
    std::size_t place;  // in its text, before which the next change is not expected
  };
  // What an engine is started with.
  struct Start {
    std::string key;        // of all but the text
    std::string beginning;  // of the text

    friend bool operator==(const Start&, const Start&) = default;
  };
  static std::optional<Engine> start(const Wanted& wanted, std::string_view beginning);

  mutable std::mutex mutex_;
  std::list<Wanted> wanted_;  // the last one first
  std::vector<std::pair<Start, Engine>> waiting_;
};

}  // namespace cvgen::typeset
