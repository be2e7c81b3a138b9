#include <fmt/format.h>

#include "cli/assets.hpp"
#include "cli/commands.hpp"
#include "cli/look.hpp"
#include "cli/progress.hpp"
#include "cli/session.hpp"
#include "io/environment.hpp"
#include "io/file.hpp"
#include "text/similar.hpp"
#include "typeset/pdflatex.hpp"
#include "write/latex/document.hpp"

namespace cvgen::cli {
namespace {

enum class Format { pdf, tex };

struct Target {
  std::string path;  // "-": standard output
  Format format = Format::pdf;
};

std::optional<Format> format_named(std::string_view name) {
  if (name == "pdf") return Format::pdf;
  if (name == "tex") return Format::tex;
  return std::nullopt;
}

std::string ending_of(const std::string& path) {
  const auto dot = path.rfind('.');
  const auto slash = path.rfind('/');
  if (dot == std::string::npos || (slash != std::string::npos && dot < slash)) return {};
  return path.substr(dot + 1);
}

// Beside where one works: dir/cv.xml -> cv.pdf.
std::string default_output(const std::string& input, std::string_view ending) {
  if (input == "-") return "-";
  auto name = input.substr(input.rfind('/') + 1);
  if (name.ends_with(".xml")) name.resize(name.size() - 4);
  return fmt::format("{}.{}", name, ending);
}

Target target_of(const Arguments& arguments) {
  Target target;
  const auto to = arguments.value("to");
  const auto output = arguments.value("output");
  if (to) {
    const auto format = format_named(*to);
    if (!format) throw UsageError(fmt::format("there is no format `{}`", *to), "it takes `pdf` or `tex`");
    target.format = *format;
  } else if (output && *output != "-" && !output->empty()) {
    const auto format = format_named(ending_of(*output));
    const auto ending = ending_of(*output);
    if (!format) {
      throw UsageError(ending.empty() ? fmt::format("`{}` has no ending that says the format", *output) : fmt::format("there is no format `{}`", ending),
                       "let the name end with `.pdf` or `.tex`, or say `--to pdf` or `--to tex`");
    }
    target.format = *format;
  }
  target.path = output.value_or(default_output(arguments.operands.front(), target.format == Format::pdf ? "pdf" : "tex"));
  if (target.path.empty()) throw UsageError("the name after `-o` is empty", "write `-o FILE`");
  if (target.path == "-" && target.format == Format::pdf && io::is_terminal(1)) throw UsageError("a PDF is not for a terminal", "name a file with `-o`, or pipe the output");
  return target;
}

// Yesterday's CV must not be overwritten by its own PDF.
void check_target(const Target& target, const std::string& input) {
  if (input == "-" || target.path == "-") return;
  const auto a = io::canonical_path(input);
  const auto b = io::canonical_path(target.path);
  if (a && b && *a == *b) throw UsageError(fmt::format("the output `{}` is the input", target.path), "name another file with `-o`");
}

bool write_product(const Target& target, const std::string& bytes, Session& session) {
  const auto written = target.path == "-" ? io::write_stdout(bytes) : io::write_file(target.path, bytes);
  if (written) return true;
  session.sink.add(diag::nowhere(diag::Code::E0802, fmt::format("`{}` can't be written: {}", target.path, written.failure().what))
                       .helps("check that the folder exists and may be written to, and that the disk has room"));
  return false;
}

std::string size_words(std::size_t bytes) { return bytes < 1024 ? fmt::format("{} bytes", bytes) : fmt::format("{} KiB", (bytes + 512) / 1024); }

// What \photo may name in a .tex that is to be compiled by hand.
bool is_tex_file_name(std::string_view name) {
  return name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/") == std::string_view::npos;
}

}  // namespace

Exit render(const Arguments& arguments) {
  const double start = io::now();
  Session session(arguments);
  const auto& input = arguments.operands.front();
  const auto target = target_of(arguments);
  check_target(target, input);

  const auto finish = [&] {
    session.report();
    return session.verdict();
  };
  const auto loaded = load(input, session);
  if (!loaded) return finish();
  const auto look = choose_look(loaded->cv, arguments.value("template"), arguments.values("set"), session.sink);
  const auto photo = load_photo(*loaded, session.sink);
  const auto& photo_source = loaded->cv.person.photo;
  if (photo && target.format == Format::tex && !is_tex_file_name(photo_source.value)) {
    session.sink.add(diag::at(photo_source.span, diag::Code::E0403, "LaTeX can't name this photo").helps("rename it to letters, digits, `-`, `_` and `.`"));
  }
  if (!look || session.verdict() != Exit::ok) return finish();
  session.say_more(fmt::format("{}: {} sections, template {}", input, loaded->cv.sections.size(), look->look.name));

  std::string photo_name;
  if (photo) photo_name = target.format == Format::tex ? photo_source.value : photo->name;
  const auto document = latex::document(loaded->cv, look->look, look->settings, photo_name);
  const auto destination = target.path == "-" ? std::string("standard output") : target.path;
  if (target.format == Format::tex) {
    if (write_product(target, document.text, session)) session.say(fmt::format("wrote {} ({})", destination, size_words(document.text.size())));
    return finish();
  }

  typeset::Job job;
  job.tex = document.text;
  job.line_spans = &document.line_spans;
  if (photo) job.assets.push_back({photo->name, photo->bytes});
  std::optional<typeset::Product> product;
  {
    const Progress progress(fmt::format("typesetting {} ...", input), !session.quiet);
    product = typeset::run(job, session.sink);
  }
  if (!product || session.verdict() != Exit::ok) return finish();
  session.say_more(fmt::format("pdflatex: {} {}, {:.2f} s", product->passes, product->passes == 1 ? "pass" : "passes", product->seconds));
  if (write_product(target, product->pdf, session)) {
    session.say(fmt::format("wrote {} ({} {}, {}, {:.2f} s)", destination, product->pages, product->pages == 1 ? "page" : "pages", size_words(product->pdf.size()), io::now() - start));
  }
  return finish();
}

}  // namespace cvgen::cli
