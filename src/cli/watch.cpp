#include "cli/watch.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <vector>

#include "cli/changes.hpp"
#include "cli/job.hpp"
#include "cli/parallel.hpp"
#include "cli/progress.hpp"
#include "cli/screen.hpp"
#include "io/environment.hpp"
#include "io/signals.hpp"
#include "typeset/ahead.hpp"

namespace cvgen::cli {
namespace {

using Fingerprints = std::map<std::string, std::optional<std::uint64_t>>;

constexpr std::size_t most_named = 4;
constexpr std::chrono::milliseconds before_faults{60};

// One CV, as its last render left it.
struct Watched {
  std::string name;
  bool wanted = true;  // to be rendered
  bool fresh = false;  // rendered in this round
  bool good = false;
  Fingerprints files;
  std::vector<std::string> paths;  // of the documents, when they were last made
  std::string words;
  std::string dependencies;
  std::vector<std::shared_ptr<const void>> remains;  // of the last runs, until the user has been told of them
};

void render(Watched& cv, const RenderRequest& request, unsigned threads, Session session) {
  auto rendered = render_cv(cv.name, request, threads, session);
  if (request.compile.stop.stop_requested() || io::interrupted()) return;
  cv.wanted = false;
  cv.fresh = true;
  cv.good = session.verdict() == Exit::ok;
  // Of one that can't be read, what it consisted of may still be what it will consist of.
  if (!rendered.documents.empty()) cv.files.clear();
  cv.files[cv.name] = fingerprint_of(cv.name);  // if it can't be read, there is nothing about it below
  for (const auto& file : files_of(session.sources, cv.name)) cv.files[file.path] = file.fingerprint;
  for (const auto& path : session.absent) cv.files[path] = fingerprint_of(path);
  for (const auto& document : rendered.documents) {
    for (const auto& file : document.files) cv.files[file.path] = file.fingerprint;
  }
  cv.words = words_on(rendered, request, session);
  for (auto& document : rendered.documents) cv.remains.push_back(std::move(document.remains));
  if (cv.good) {
    cv.paths.clear();
    for (const auto& document : rendered.documents) cv.paths.insert(cv.paths.end(), document.paths.begin(), document.paths.end());
    cv.dependencies = std::move(rendered.dependencies);
  } else if (!cv.paths.empty() && !session.quiet) {
    cv.words += fmt::format("{} {} as before\n", fmt::join(cv.paths, ", "), cv.paths.size() == 1 ? "stays" : "stay");
  }
}

Fingerprints files_of_all(const std::vector<Watched>& cvs) {
  Fingerprints files;
  for (const auto& cv : cvs) files.insert(cv.files.begin(), cv.files.end());
  return files;
}

std::string listed(const std::set<std::string>& names) {
  return names.size() <= most_named ? fmt::format("{}", fmt::join(names, ", ")) : fmt::format("{} files", names.size());
}

}  // namespace

Exit watch(const RenderRequest& request, const Session& blank) {
  std::vector<Watched> cvs(request.inputs.size());
  for (std::size_t i = 0; i < cvs.size(); ++i) cvs[i].name = request.inputs[i];
  const io::Orderly orderly;
  Screen screen;
  Changes changes;
  typeset::Ahead::tidy_up();
  typeset::Ahead ahead;
  std::set<std::string> changed;
  while (true) {
    auto round = request;
    round.compile.stop = changes.current();
    round.compile.ahead = &ahead;
    std::atomic<int> none = 0;  // or every save would leave one
    round.compile.failures_kept = &none;
    std::vector<Watched*> wanted;
    for (auto& cv : cvs) {
      cv.fresh = false;
      if (cv.wanted) wanted.push_back(&cv);
    }
    {
      const Progress progress(wanted.size() == 1 ? fmt::format("typesetting {} ...", wanted.front()->name) : fmt::format("typesetting {} CVs ...", wanted.size()), !blank.quiet);
      const auto threads_each = std::max(1U, request.jobs / static_cast<unsigned>(std::clamp<std::size_t>(wanted.size(), 1, request.jobs)));
      for_each_index(wanted.size(), request.jobs, [&](std::size_t i) { render(*wanted[i], round, threads_each, blank); });
    }
    if (io::interrupted()) return Exit::interrupted;
    // A fault may be that of a file that is just being written.
    const bool fault = std::any_of(wanted.begin(), wanted.end(), [](const Watched* cv) { return cv->fresh && !cv->good; });
    if (fault && !changes.stay_away_for(before_faults)) {
      for (auto* cv : wanted) {
        cv->wanted = cv->wanted || !cv->good;
        cv->fresh = cv->fresh && cv->good;
      }
    }
    const bool dropped = std::any_of(wanted.begin(), wanted.end(), [](const Watched* cv) { return cv->wanted; });

    const auto files = files_of_all(cvs);
    std::set<std::string> names;
    for (const auto& file : files) names.insert(file.first);
    std::string words, dependencies;
    for (const auto& cv : cvs) {
      if (cv.fresh || (screen.in_place() && !cv.good)) words += cv.words;
      dependencies += cv.dependencies;
    }
    auto common = blank;
    if (std::all_of(cvs.begin(), cvs.end(), [](const Watched& cv) { return cv.good; })) write_depfile(dependencies, request, common);
    words += common.report_words();
    if (!blank.quiet && screen.in_place()) words += fmt::format("{} watching {}; Control-C ends\n", io::time_of_day(), listed(names));
    if (!blank.quiet && !screen.in_place()) words = (changed.empty() ? fmt::format("watching {}; Control-C ends\n", listed(names)) : fmt::format("{} {} changed\n", io::time_of_day(), listed(changed))) + words;
    if (std::any_of(cvs.begin(), cvs.end(), [](const Watched& cv) { return cv.fresh; })) screen.show(words);
    for (auto& cv : cvs) cv.remains.clear();

    changes.watch(files);
    ahead.prepare();
    const auto next = changes.next();
    if (next.empty()) return Exit::interrupted;
    if (!dropped) changed.clear();
    changed.insert(next.begin(), next.end());
    for (auto& cv : cvs) cv.wanted = cv.wanted || std::any_of(next.begin(), next.end(), [&](const std::string& path) { return cv.files.contains(path); });
  }
}

}  // namespace cvgen::cli
