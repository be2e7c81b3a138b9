// The next runs of TeX, started before they are wanted: with their format loaded, they wait for their documents.
#pragma once

#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "io/process.hpp"
#include "io/store.hpp"
#include "io/temporary.hpp"

namespace cvgen::typeset {

class Ahead {
 public:
  // Removes what a cvgen that was killed has left of the same.
  Ahead();

  struct Engine {
    std::string folder;  // of the run; what is to be read there goes there
    io::TemporaryFolder home;
    io::Lock lock;
    io::EarlyProcess process;
  };

  // The run of a document in this folder.
  using Run = std::function<io::Command(const std::string& folder)>;
  // After a run that could have been one of these. `format`: what tells its format and tree from all others.
  void want(Run run, const std::string& format);
  // One that waits for a document of which `command` would be the run, whatever its folder and document.
  std::optional<Engine> take(const io::Command& command, const std::string& format);
  // Starts those that were wanted last, as far as they don't wait already, and ends the others. They end with the thread that
  // calls this.
  void prepare();

 private:
  struct Wanted {
    Run run;
    std::string key;
  };
  std::mutex mutex_;
  std::list<Wanted> wanted_;  // the last one first
  std::vector<std::pair<std::string, Engine>> waiting_;  // by key
};

// The line that an engine of these waits for, to set the document of that name.
std::string document_line(std::string_view document);

}  // namespace cvgen::typeset
