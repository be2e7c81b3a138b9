#include "cli/session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <map>

#include "check/rules.hpp"
#include "cli/include.hpp"
#include "diag/render/sarif.hpp"
#include "embedded.hpp"
#include "io/environment.hpp"
#include "io/file.hpp"
#include "read/cv.hpp"
#include "read/variants.hpp"
#include "schema/validate.hpp"
#include "select/apply.hpp"
#include "select/check.hpp"
#include "select/units.hpp"
#include "text/similar.hpp"

namespace cvgen::cli {
namespace {

bool wants_color(const Arguments& arguments) {
  const auto when = arguments.value("color").value_or("auto");
  if (when == "always") return true;
  if (when == "never") return false;
  if (when != "auto") throw UsageError(fmt::format("`{}` is not a value of `--color`", when), "it takes `auto`, `always` or `never`");
  return io::is_terminal(2) && !io::variable("NO_COLOR") && io::variable("TERM").value_or("") != "dumb";
}

diag::Format format_of(const Arguments& arguments) {
  const auto name = arguments.value("diagnostics").value_or("human");
  if (name == "human") return diag::Format::human;
  if (name == "short") return diag::Format::short_;
  if (name == "json") return diag::Format::json;
  if (name == "sarif") return diag::Format::sarif;
  throw UsageError(fmt::format("`{}` is not a value of `--diagnostics`", name), "it takes `human`, `short`, `json` or `sarif`");
}

// One name, one letter.
void check_letters(const xml::Element& shown, diag::Sink& sink) {
  std::map<std::string, diag::Span> seen;
  for (const auto* letter : select::letters(shown)) {
    const auto [first, fresh] = seen.emplace(select::letter_name(*letter), letter->name_span());
    if (fresh) continue;
    sink.add(diag::at(letter->name_span(), diag::Code::E0508, fmt::format("two letters are called `{}`", first->first)).label("again here")
                 .also(first->second, "first here").helps("give each a `name` of its own"));
  }
}

const xml::Element* find_letter(const xml::Element& shown, const std::string& name, const Input& input, const model::Variant& variant, diag::Sink& sink) {
  std::vector<std::string> names;
  for (const auto* letter : select::letters(shown)) {
    names.push_back(select::letter_name(*letter));
    if (names.back() == name) return letter;
  }
  const auto where = variant.name.empty() ? fmt::format("`{}`", input.name) : fmt::format("the variant `{}` of `{}`", variant.name.value, input.name);
  const auto advice = names.empty() ? "it has no letters; `cvgen explain letter` tells how to write one" : fmt::format("`cvgen list letters {}` shows them", input.name);
  sink.add(diag::nowhere(diag::Code::E0507, fmt::format("{} has no letter `{}`", where, name)).helps(text::similar_or("letter", name, names, advice)));
  return nullptr;
}

bool is_for_people(diag::Format format) { return format == diag::Format::human || format == diag::Format::short_; }

}  // namespace

Session::Session(const Arguments& arguments, bool new_templates)
    : templates(arguments, new_templates), quiet(arguments.has("quiet")), verbose(arguments.has("verbose")), strict(arguments.has("strict")) {
  rendering.format = format_of(arguments);
  if (rendering.format == diag::Format::sarif) quiet = true;  // nothing may stand beside the log
  rendering.color = wants_color(arguments);
  rendering.width = io::is_terminal(2) ? io::terminal_width(2) : 120;
}

std::string Session::report_words() const {
  auto text = diag::render(sink.sorted(), sources, rendering);
  const bool refused_for_warnings = strict && !sink.has_errors() && sink.warning_count() > 0;
  if (refused_for_warnings && is_for_people(rendering.format)) text += "`--strict`: warnings count as errors\n";
  return text;
}

void Session::tell(const std::string& words) const {
  const auto text = rendering.format == diag::Format::sarif ? diag::sarif_log(words) : words;
  if (!text.empty()) (void)io::write_stderr(text);
}

void Session::report() const { tell(report_words()); }

Exit Session::verdict() const {
  if (!sink.has_errors()) return strict && sink.warning_count() > 0 ? Exit::document : Exit::ok;
  auto verdict = Exit::document;
  for (const auto& d : sink.sorted()) {
    const auto name = diag::info(d.code).name;
    if (name.starts_with("E07") || name.starts_with("E08")) return Exit::world;
    const bool from_command_line = (name.starts_with("E06") || name == "E0504" || name == "E0507") && !d.primary;
    if (from_command_line) verdict = Exit::usage;
  }
  return verdict;
}

void Session::say(const std::string& line) const {
  if (!quiet) (void)io::write_stderr(line + "\n");
}

void Session::say_more(const std::string& line) const {
  if (verbose && !quiet) (void)io::write_stderr(line + "\n");
}

std::optional<std::string> read_cv(const std::string& name, diag::Sink& sink) {
  auto bytes = name == "-" ? io::read_stdin(largest_cv) : io::read_file(name, largest_cv);
  if (!bytes) {
    const auto what = name == "-" ? std::string("standard input") : fmt::format("`{}`", name);
    const bool not_there = bytes.failure().error == ENOENT || bytes.failure().error == ENOTDIR;
    sink.add(diag::nowhere(diag::Code::E0801, fmt::format("{} can't be read: {}", what, bytes.failure().what))
                         .helps(not_there ? "check the name, and the folder that you are in" : "check that it is the right file, and that you may read it"));
    return std::nullopt;
  }
  return std::move(*bytes);
}

std::optional<Input> open(const std::string& name, Session& session) {
  auto text = read_cv(name, session.sink);
  return text ? open(name, std::move(*text), session) : std::nullopt;
}

std::optional<Input> open(const std::string& name, std::string text, Session& session) {
  const auto file = session.sources.add(name == "-" ? "<stdin>" : name, std::move(text));
  const auto before = session.sink.error_count();
  const auto warnings_before = session.sink.warning_count();
  auto document = parse_whole(file, session);
  const bool well_formed = session.sink.error_count() == before;
  if (!document) return std::nullopt;
  const auto& root = document->root;
  schema::validate(schema::cv_grammar(), "cv", root, session.sink);
  if (root.name != "cv") return std::nullopt;
  auto variants = read::variants(root);
  select::check(root, variants, schema::cv_grammar().type("publicationKind")->enumeration, session.sink);
  if (variants.empty()) variants.emplace_back();
  for (const auto* child : xml::children(root)) {
    if (child->name == "template") session.templates.want(std::string(child->attribute_or("name")), session.sources);
  }
  for (const auto& variant : variants) session.templates.want(variant.template_name.value, session.sources);
  const bool sound = session.sink.error_count() == before && !(session.strict && session.sink.warning_count() > warnings_before);
  return Input{name, well_formed, sound, std::move(*document), std::move(variants)};
}

Loaded load(const Input& input, const model::Variant& variant, EngineChoice engine, const diag::Sources& sources, diag::Sink& sink,
            const std::set<diag::Span>& dropped, Keep keep, const std::optional<std::string>& letter) {
  xml::Arena memory;
  auto shown = select::apply(input.document.root, variant, memory);
  check_letters(shown, sink);
  if (letter) {
    const auto* found = find_letter(shown, *letter, input, variant, sink);
    shown = found == nullptr ? select::without_letters(shown, memory) : select::letter_alone(shown, *found, memory);
  } else if (keep == Keep::all) {
    shown = select::without_letters(shown, memory);
  }
  if (!dropped.empty()) shown = select::without(shown, dropped, memory);
  // What a variant leaves out may be needed. Of a file with faults, and of one that is shown whole, `open` told already.
  if (input.sound && !variant.name.empty()) {
    diag::Sink missing;
    schema::check_children(schema::cv_grammar(), shown, missing);
    for (auto& d : missing.sorted()) sink.add(std::move(d).notes_that(fmt::format("in the variant `{}`", variant.name.value)));
  }
  const auto parts = keep == Keep::all ? std::vector{shown} : select::parts(shown, memory);
  check::References references;
  const auto read = [&](const xml::Element& part) {
    auto cv = read::cv(part);
    check::rules(cv, references, sink);
    if (input.well_formed) check::empty(cv, sources, sink);  // else the text may have gone astray
    check_characters(cv, engine, sources, sink);
    return cv;
  };
  Loaded loaded{input.name, variant, read(parts.front())};
  std::for_each(parts.begin() + 1, parts.end(), read);
  check::references(references, sink);
  if (!variant.template_name.empty()) {
    // Settings of the CV are for the template of the CV.
    if (variant.template_name.value != loaded.cv.template_name.value) loaded.cv.settings.clear();
    loaded.cv.template_name = variant.template_name;
  }
  loaded.cv.settings.insert(loaded.cv.settings.end(), variant.settings.begin(), variant.settings.end());
  return loaded;
}

model::Template template_named(const std::string& name, Session& session) {
  session.templates.want(name, session.sources);
  if (!session.templates.known(name)) throw UsageError(fmt::format("there is no template `{}`", name), text::similar_or("template", name, session.templates.names(), "`cvgen list templates` shows them"));
  auto look = session.templates.take(name, session.sink);
  if (!look) {
    session.report();
    throw Refused{session.verdict()};
  }
  return std::move(*look);
}

void print(const std::string& text) {
  const auto written = io::write_stdout(text);
  if (written) return;
  // Whoever stops reading, as `head` does, knows enough.
  throw WorldError(written.failure().error == EPIPE ? std::string() : fmt::format("can't write to standard output: {}", written.failure().what));
}

}  // namespace cvgen::cli
