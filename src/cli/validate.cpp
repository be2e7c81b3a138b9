#include <fmt/format.h>

#include "cli/assets.hpp"
#include "cli/commands.hpp"
#include "cli/look.hpp"
#include "cli/session.hpp"
#include "diag/fix.hpp"
#include "io/file.hpp"

namespace cvgen::cli {
namespace {

// Every fault of one file.
void look_through(const std::string& name, std::string text, Session& session) {
  const auto input = open(name, std::move(text), session);
  if (!input) return;
  for (const auto& variant : input->variants) {
    diag::Sink sink;
    const auto loaded = load(*input, variant, EngineChoice::automatic, session.sources, sink, {}, Keep::frame);
    const auto look = choose_look(loaded.cv, session.templates, {}, {}, sink);
    (void)load_photo(loaded, look && is_pdfa(*look), sink);
    session.sink.merge(sink);
  }
}

// Again and again, since a fault may hide others, as long as it leaves fewer of them.
diag::Fixed fixed(const std::string& name, const std::string& text, const Session& blank) {
  diag::Fixed best{text};
  auto session = blank;
  look_through(name, text, session);
  while (true) {
    const auto next = diag::with_fixes(session.sources.file(0), 0, session.sink.sorted());
    auto after = blank;
    look_through(name, next.text, after);
    if (next.count == 0 || after.sink.sorted().size() >= session.sink.sorted().size()) return best;
    best = {next.text, best.count + next.count};
    session = std::move(after);
  }
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
      const auto result = fixed(name, *text, blank);
      if (result.count > 0) {
        if (const auto written = io::write_file(name, result.text); !written) {
          session.sink.add(diag::nowhere(diag::Code::E0802, fmt::format("`{}` can't be written: {}", name, written.failure().what)));
          continue;
        }
        session.say(fmt::format("{}: fixed {} fault{}", name, result.count, result.count == 1 ? "" : "s"));
        text = result.text;
      }
    }
    const auto before = session.sink.error_count();
    look_through(name, std::move(*text), session);
    if (session.sink.error_count() == before) session.say_more(fmt::format("{}: valid", name));
  }
  session.report();
  return session.verdict();
}

}  // namespace cvgen::cli
