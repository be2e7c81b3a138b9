// cvgen init-template: a copy of a template, to be changed.
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "io/file.hpp"

namespace cvgen::cli {
namespace {

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  if (const auto at = text.find(what); at != std::string::npos) text.replace(at, what.size(), with);
  return text;
}

}  // namespace

Exit init_template(const Arguments& arguments) {
  Session session(arguments, true);
  const auto& name = arguments.operands.front();
  const auto from = arguments.value("from").value_or(std::string(default_template));
  const auto own = template_names();
  if (!is_template_name(name)) throw UsageError(fmt::format("`{}` can't be the name of a template", name), "use letters, digits, `-` and `_`");
  if (std::find(own.begin(), own.end(), name) != own.end()) throw UsageError(fmt::format("cvgen has a template `{}` already", name), "choose another name");
  const auto look = template_named(from, session);
  const auto root = session.templates.folder();
  if (root.empty()) throw UsageError("there is no folder for templates of your own", "name one with `--template-dir`");
  const auto folder = fmt::format("{}/{}", root, name);
  if (io::file_exists(folder)) throw UsageError(fmt::format("`{}` is there already", folder), "choose another name, or remove it first");

  std::string frame;
  for (const auto& line : look.frame) frame += line.text + "\n";
  const auto declaration = replaced(session.templates.declaration(from), fmt::format("<template name=\"{}\"", from), fmt::format("<template name=\"{}\"", name));
  const auto write = [&](const std::string& path, const std::string& text) {
    const auto done = io::write_file(path, text);
    if (!done) session.sink.add(diag::nowhere(diag::Code::E0802, fmt::format("`{}` can't be written: {}", path, done.failure().what)).helps("check that the folder may be written to"));
    return static_cast<bool>(done);
  };
  if (const auto made = io::make_folder(folder); !made) {
    session.sink.add(diag::nowhere(diag::Code::E0802, fmt::format("the folder `{}` can't be made: {}", folder, made.failure().what)).helps("name another one with `--template-dir`"));
  } else if (write(folder + "/preamble.tex", frame) && write(folder + "/template.xml", declaration)) {
    session.say(fmt::format("wrote {0}/template.xml and {0}/preamble.tex, copies of `{1}`", folder, from));
    const auto option = arguments.has("template-dir") ? fmt::format(" --template-dir {}", root) : std::string();
    session.say(fmt::format("try it: cvgen render cv.xml --template {0}{1}; after changes: cvgen check-template {0}{1}", name, option));
  }
  session.report();
  return session.verdict();
}

}  // namespace cvgen::cli
