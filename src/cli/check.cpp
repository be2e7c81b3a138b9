#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/job.hpp"
#include "cli/proofread.hpp"
#include "io/file.hpp"

namespace cvgen::cli {

Exit check(const Arguments& arguments) {
  Session session(arguments);
  const auto against = arguments.value("against");
  if (!against) throw UsageError("`cvgen check` needs the CV that the PDF was made of", "write `cvgen check PDF --against CV`");
  const auto& pdf = arguments.operands.front();
  if (pdf == "-") throw UsageError("`cvgen check` reads a PDF from a file", "name the file");
  const auto finish = [&] {
    session.report();
    return session.verdict();
  };
  if (!io::file_exists(pdf) || io::is_folder(pdf)) {
    session.sink.add(diag::nowhere(diag::Code::E0801, fmt::format("`{}` can't be read: {}", pdf, io::is_folder(pdf) ? "is a folder" : "No such file or directory"))
                         .helps("check the name, and the folder that you are in"));
    return finish();
  }
  const auto input = open(*against, session);
  if (!input) return finish();
  const auto name = arguments.value("variant");
  const auto* variant = name ? find_variant(*input, *name, session.sink) : &input->variants.front();
  if (variant == nullptr) return finish();
  const auto loaded = load(*input, *variant, EngineChoice::automatic, session.sources, session.sink);
  if (session.sink.has_errors()) return finish();
  const auto closing = proofread(loaded.cv, pdf, pdf, variant->pages.has_value(), session.sources, session.sink);
  const auto exit = finish();
  if (closing) session.say(*closing);
  return exit;
}

}  // namespace cvgen::cli
