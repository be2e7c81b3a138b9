#include <fmt/format.h>

#include <map>

#include "cli/assets.hpp"
#include "cli/commands.hpp"
#include "cli/look.hpp"
#include "cli/session.hpp"
#include "diag/fix.hpp"
#include "io/file.hpp"

namespace cvgen::cli {
namespace {

using Fixes = std::map<std::string, diag::Fixed>;  // by the name of the file

// Every fault of one CV.
void look_through(const std::string& name, std::string text, Session& session) {
  const auto input = open(name, std::move(text), session);
  if (!input) return;
  for (const auto& variant : input->variants) {
    diag::Sink sink;
    const auto loaded = load(*input, variant, EngineChoice::automatic, session.sources, sink, {}, Keep::frame);
    const auto look = choose_look(loaded.cv, session.templates, {}, {}, sink);
    (void)load_photo(loaded, look && is_pdfa(*look), session.sources, sink);
    session.sink.merge(sink);
  }
}

// What more can be fixed in the files of a CV.
Fixes with_more(Fixes fixes, const Session& session) {
  const auto diagnostics = session.sink.sorted();
  for (const auto part : session.parts) {
    auto next = diag::with_fixes(session.sources.file(part), part, diagnostics);
    if (next.count == 0) continue;
    auto& fixed = fixes[session.sources.file(part).name()];
    fixed = {std::move(next.text), fixed.count + next.count};
  }
  return fixes;
}

// Again and again, since a fault may hide others, as long as it leaves fewer of them.
Fixes fixed(const std::string& name, const std::string& text, const Session& blank) {
  Fixes best;
  auto session = blank;
  look_through(name, text, session);
  while (true) {
    auto next = with_more(best, session);
    auto after = blank;
    for (const auto& [file, fixed] : next) after.drafts[file] = fixed.text;
    look_through(name, next.contains(name) ? next[name].text : text, after);
    if (after.sink.sorted().size() >= session.sink.sorted().size()) return best;
    best = std::move(next);
    session = std::move(after);
  }
}

// False: a file can't be written.
bool write(const Fixes& fixes, Session& session) {
  bool all = true;
  for (const auto& [name, fixed] : fixes) {
    if (const auto written = io::write_file(name, fixed.text); !written) {
      session.sink.add(diag::nowhere(diag::Code::E0802, fmt::format("`{}` can't be written: {}", name, written.failure().what)));
      all = false;
      continue;
    }
    session.say(fmt::format("{}: fixed {} fault{}", name, fixed.count, fixed.count == 1 ? "" : "s"));
  }
  return all;
}

}  // namespace

Exit validate(const Arguments& arguments) {
  const Session blank(arguments);
  auto session = blank;
  const bool fix = arguments.has("fix");
  for (const auto& name : arguments.operands) {
    if (fix && name == "-") throw UsageError("`--fix` changes files, and standard input is none", "give it the name of the file");
    auto text = read_cv(name, session.sink);
    if (!text) continue;
    if (fix) {
      const auto fixes = fixed(name, *text, blank);
      if (!write(fixes, session)) continue;
      if (const auto own = fixes.find(name); own != fixes.end()) text = own->second.text;
    }
    const auto before = session.sink.error_count();
    look_through(name, std::move(*text), session);
    if (session.sink.error_count() == before) session.say_more(fmt::format("{}: valid", name));
  }
  session.report();
  return session.verdict();
}

}  // namespace cvgen::cli
