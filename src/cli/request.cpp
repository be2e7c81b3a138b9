#include "cli/request.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <thread>

#include "cli/exit.hpp"
#include "cli/look.hpp"
#include "io/file.hpp"
#include "typeset/raster.hpp"

namespace cvgen::cli {
namespace {

constexpr std::size_t largest_list = 64U << 20U;

std::optional<int> number_of(const Arguments& arguments, std::string_view option, std::string_view what, int least, int most) {
  const auto text = arguments.value(option);
  if (!text) return std::nullopt;
  int number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end != text->data() + text->size() || number < least || number > most) {
    throw UsageError(fmt::format("`{}` is not a number of {}", *text, what), fmt::format("`--{}` takes a number from {} to {}", option, least, most));
  }
  return number;
}

std::optional<model::Date> date_of(const Arguments& arguments) {
  const auto text = arguments.value("date");
  if (!text) return std::nullopt;
  if (!arguments.has("letter")) throw UsageError("`--date` is for letters", "say which with `--letter NAME`");
  auto date = model::parse_date(*text);
  if (!date || !model::exists(*date)) throw UsageError(fmt::format("`{}` is not a date", *text), "write it as year, month and day: `--date 2026-03-31`");
  return date;
}

bool wants_json(const Arguments& arguments) {
  const auto form = arguments.value("report").value_or("text");
  if (form != "text" && form != "json") throw UsageError(fmt::format("`{}` is not a value of `--report`", form), "it takes `text` or `json`");
  return form == "json";
}

// One name a line; or ended by NUL, as `find -print0` writes them: no name has one in it.
std::vector<std::string> names_in(std::string_view list) {
  const char end = list.find('\0') == std::string_view::npos ? '\n' : '\0';
  std::vector<std::string> names;
  while (!list.empty()) {
    auto name = list.substr(0, list.find(end));
    list.remove_prefix(std::min(name.size() + 1, list.size()));
    if (end == '\n' && name.ends_with('\r')) name.remove_suffix(1);
    if (!name.empty()) names.emplace_back(name);
  }
  return names;
}

std::vector<std::string> inputs_of(const Arguments& arguments) {
  auto inputs = arguments.operands;
  const auto source = arguments.value("files-from");
  if (!source) return inputs;
  const bool from_stdin = *source == "-";
  if (from_stdin && std::find(inputs.begin(), inputs.end(), "-") != inputs.end()) {
    throw UsageError("standard input can't be a CV and the list of files", "keep one of the two");
  }
  const auto list = from_stdin ? io::read_stdin(largest_list) : io::read_file(*source, largest_list);
  if (!list) throw UsageError(fmt::format("the list of files {} can't be read: {}", from_stdin ? "on standard input" : fmt::format("`{}`", *source), list.failure().what), "write `--files-from FILE`, or `-` for standard input");
  auto names = names_in(*list);
  // In a list, `-` is a file like any other.
  for (auto& name : names) inputs.push_back(name == "-" ? "./-" : std::move(name));
  if (inputs.empty()) throw UsageError("the list of files is empty", "it takes the name of one CV a line");
  return inputs;
}

std::string depfile_of(const Arguments& arguments, const RenderRequest& request) {
  const auto path = arguments.value("depfile");
  if (!path) return {};
  if (path->empty()) throw UsageError("the name after `--depfile` is empty", "write `--depfile FILE`");
  const bool to_stdout = !request.naming.in_folder && (request.naming.output == "-" || (request.naming.output.empty() && request.inputs.front() == "-"));
  if (to_stdout) throw UsageError("`--depfile` needs a document with a name", "name a file with `-o`");
  return *path;
}

bool watches(const Arguments& arguments, const RenderRequest& request) {
  if (!arguments.has("watch")) return false;
  if (std::find(request.inputs.begin(), request.inputs.end(), "-") != request.inputs.end()) throw UsageError("standard input can't be watched", "give the CV a file");
  if (arguments.value("diagnostics") == "sarif") throw UsageError("SARIF is one log, and `--watch` has no end", "leave out one of the two");
  if (request.naming.output == "-") throw UsageError("`--watch` has no use for standard output", "name a file with `-o`");
  return true;
}

}  // namespace

RenderRequest render_request(const Arguments& arguments) {
  if (arguments.has("variant") && arguments.has("all-variants")) throw UsageError("`--variant` and `--all-variants` exclude each other", "keep one of the two");
  RenderRequest request;
  request.compile.template_name = arguments.value("template");
  request.compile.settings = arguments.values("set");
  for (const auto& word : request.compile.settings) check_assignment(word);
  request.compile.strict = arguments.has("strict");
  request.compile.pages = number_of(arguments, "pages", "pages", 1, 99);
  request.compile.fill = arguments.has("fill");
  request.compile.force = arguments.has("force");
  request.compile.dry_run = arguments.has("dry-run");
  request.compile.check = arguments.has("check");
  if (request.compile.check && request.compile.dry_run) throw UsageError("`--check` and `--dry-run` exclude each other", "keep one of the two");
  request.compile.letter = arguments.value("letter");
  request.compile.letter_date = date_of(arguments);
  if (request.compile.letter) {
    if (request.compile.letter->empty()) throw UsageError("the name after `--letter` is empty", "`cvgen list letters cv.xml` shows the names");
    for (const std::string_view other : {"pages", "fill", "dry-run", "report", "check"}) {
      if (arguments.has(other)) throw UsageError(fmt::format("`--letter` and `--{}` exclude each other", other), fmt::format("`--{}` is for CVs; keep one of the two", other));
    }
  }
  request.compile.engine = engine_choice(arguments);
  request.compile.report_json = wants_json(arguments);
  const auto jobs = number_of(arguments, "jobs", "jobs", 1, 1024);
  request.jobs = jobs ? static_cast<unsigned>(*jobs) : std::max(1U, std::thread::hardware_concurrency());
  request.variants = arguments.values("variant");
  request.all_variants = arguments.has("all-variants");
  request.inputs = inputs_of(arguments);
  request.compile.among_others = request.inputs.size() > 1;
  request.naming = naming_of(arguments, request.inputs);
  const auto dpi = number_of(arguments, "dpi", "dots per inch", typeset::least_dpi, typeset::most_dpi);
  if (dpi && request.naming.format != Format::png) throw UsageError("`--dpi` is for PNGs", "let the name after `-o` end with `.png`, or say `--to png`");
  request.compile.dpi = dpi.value_or(typeset::usual_dpi);
  if (request.compile.check && request.naming.format != Format::pdf) throw UsageError("`--check` reads a PDF, and this makes none", "leave out one of the two");
  request.depfile = depfile_of(arguments, request);
  request.watch = watches(arguments, request);
  return request;
}

}  // namespace cvgen::cli
