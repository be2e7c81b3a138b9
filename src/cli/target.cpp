#include "cli/target.hpp"

#include <fmt/format.h>

#include "cli/exit.hpp"
#include "io/environment.hpp"
#include "io/file.hpp"

namespace cvgen::cli {
namespace {

std::optional<Format> format_named(std::string_view name) {
  if (name == "pdf") return Format::pdf;
  if (name == "tex") return Format::tex;
  return std::nullopt;
}

std::string_view ending(Format format) { return format == Format::pdf ? "pdf" : "tex"; }

std::string ending_of(const std::string& path) {
  const auto dot = path.rfind('.');
  const auto slash = path.rfind('/');
  if (dot == std::string::npos || (slash != std::string::npos && dot < slash)) return {};
  return path.substr(dot + 1);
}

// dir/cv.xml -> cv
std::string stem(const std::string& input) {
  auto name = input.substr(input.rfind('/') + 1);
  if (name.ends_with(".xml")) name.resize(name.size() - 4);
  return input == "-" ? "cv" : name;
}

// What --to says, if it is given.
std::optional<Format> format_option(const Arguments& arguments) {
  const auto to = arguments.value("to");
  if (!to) return std::nullopt;
  const auto format = format_named(*to);
  if (!format) throw UsageError(fmt::format("there is no format `{}`", *to), "it takes `pdf` or `tex`");
  return format;
}

}  // namespace

Format format_of_output(const Arguments& arguments) {
  if (const auto format = format_option(arguments)) return *format;
  const auto output = arguments.value("output");
  if (!output || *output == "-" || output->empty()) return Format::pdf;
  const auto name = ending_of(*output);
  if (const auto format = format_named(name)) return *format;
  throw UsageError(name.empty() ? fmt::format("`{}` has no ending that says the format", *output) : fmt::format("there is no format `{}`", name),
                   "let the name end with `.pdf` or `.tex`, or say `--to pdf` or `--to tex`");
}

Target single_target(const Arguments& arguments, const std::string& input) {
  Target target;
  target.format = format_of_output(arguments);
  target.path = arguments.value("output").value_or(input == "-" ? "-" : fmt::format("{}.{}", stem(input), ending(target.format)));
  if (target.path.empty()) throw UsageError("the name after `-o` is empty", "write `-o FILE`");
  if (target.path == "-" && target.format == Format::pdf && io::is_terminal(1)) throw UsageError("a PDF is not for a terminal", "name a file with `-o`, or pipe the output");
  return target;
}

Target target_in_folder(const Arguments& arguments, const std::string& input, const std::string& variant) {
  auto folder = arguments.value("output").value_or(".");
  Target target;
  target.format = format_option(arguments).value_or(Format::pdf);
  if (folder == "-" || format_named(ending_of(folder))) throw UsageError("several documents don't go into one file", "name a folder with `-o`, as in `-o out/`");
  while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
  const auto name = variant.empty() ? stem(input) : fmt::format("{}-{}", stem(input), variant);
  target.path = fmt::format("{}/{}.{}", folder, name, ending(target.format));
  if (target.path.starts_with("./")) target.path.erase(0, 2);
  return target;
}

void check_target(const Target& target, const std::string& input) {
  if (input == "-" || target.path == "-") return;
  const auto a = io::canonical_path(input);
  const auto b = io::canonical_path(target.path);
  if (a && b && *a == *b) throw UsageError(fmt::format("the output `{}` is the input", target.path), "name another file with `-o`");
}

}  // namespace cvgen::cli
