#include "cli/look.hpp"
#include "cli/session.hpp"
#include "diag/fix.hpp"
#include "diag/render/sarif.hpp"
#include "targets.hpp"
#include "write/latex/document.hpp"

namespace cvgen::fuzz {
namespace {

cli::Session quiet_session() {
  return cli::Session(cli::parse(cli::command_named("validate"), {"x.xml", "--quiet"}));
}

void say_in_every_form(const cli::Session& session) {
  const auto list = session.sink.sorted();
  for (const auto form : {diag::Format::human, diag::Format::short_, diag::Format::json}) {
    require(diag::render(list, session.sources, {form, false, 80, 20}).empty() == list.empty(), "diagnostics, and only they, are told");
  }
  (void)diag::sarif_log(diag::sarif_results(list, session.sources));
}

// Every brace that a line of the body opens it closes, so that no text can end the argument it stands in.
void require_balance(const std::string& tex, std::size_t body) {
  int depth = 0;
  for (auto i = body; i < tex.size(); ++i) {
    if (tex[i] == '\\') ++i;
    else if (tex[i] == '{') ++depth;
    else if (tex[i] == '}') --depth;
    require(depth >= 0, "no brace is closed that was not opened");
  }
  require(depth == 0, "every brace is closed");
}

}  // namespace

void cv(std::string_view bytes) {
  auto session = quiet_session();
  const auto input = cli::open("x.xml", std::string(bytes), session);
  say_in_every_form(session);
  (void)diag::with_fixes(session.sources.file(0), 0, session.sink.sorted());
  if (!input) return;
  for (const auto& variant : input->variants) {
    diag::Sink sink;
    const auto loaded = cli::load(*input, variant, cli::EngineChoice::pdflatex, session.sources, sink);
    const auto look = cli::choose_look(loaded.cv, session.templates, {}, {}, sink);
    session.sink.merge(sink);
    if (look && input->sound && !sink.has_errors()) {
      const auto document = latex::document(loaded.cv, look->look, look->settings, "");
      require_balance(document.text, document.text.find("\\begin{document}"));
    }
  }
  say_in_every_form(session);
}

}  // namespace cvgen::fuzz
