#include <fmt/format.h>

#include "cli/assets.hpp"
#include "cli/commands.hpp"
#include "cli/look.hpp"
#include "cli/session.hpp"

namespace cvgen::cli {

Exit validate(const Arguments& arguments) {
  Session session(arguments);
  for (const auto& name : arguments.operands) {
    const auto before = session.sink.error_count();
    if (const auto input = open(name, session)) {
      for (const auto& variant : input->variants) {
        diag::Sink sink;
        const auto loaded = load(*input, variant, session.sources, sink);
        (void)choose_look(loaded.cv, {}, {}, sink);
        (void)load_photo(loaded, sink);
        session.sink.merge(sink);
      }
    }
    if (session.sink.error_count() == before) session.say_more(fmt::format("{}: valid", name));
  }
  session.report();
  return session.verdict();
}

}  // namespace cvgen::cli
