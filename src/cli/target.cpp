#include "cli/target.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "cli/exit.hpp"
#include "io/environment.hpp"
#include "io/file.hpp"

namespace cvgen::cli {
namespace {

struct Named {
  Format format;
  std::string_view name;
};

constexpr Named formats[] = {{Format::pdf, "pdf"}, {Format::tex, "tex"}, {Format::png, "png"}};

std::optional<Format> format_named(std::string_view name) {
  const auto found = std::find_if(std::begin(formats), std::end(formats), [&](const Named& one) { return one.name == name; });
  return found == std::end(formats) ? std::nullopt : std::optional(found->format);
}

std::string_view ending(Format format) {
  return std::find_if(std::begin(formats), std::end(formats), [&](const Named& one) { return one.format == format; })->name;
}

// "`.pdf`, `.tex` or `.png`"
std::string choices(std::string_view before) {
  std::string result;
  for (const auto& one : formats) {
    const bool last = &one == std::end(formats) - 1;
    result += fmt::format("{}`{}{}`", result.empty() ? "" : last ? " or " : ", ", before, one.name);
  }
  return result;
}

// What --to says, if it is given.
std::optional<Format> format_option(const Arguments& arguments) {
  const auto to = arguments.value("to");
  if (!to) return std::nullopt;
  const auto format = format_named(*to);
  if (!format) throw UsageError(fmt::format("there is no format `{}`", *to), "it takes " + choices(""));
  return format;
}

Format format_of_output(const Arguments& arguments) {
  if (const auto format = format_option(arguments)) return *format;
  const auto output = arguments.value("output");
  if (!output || *output == "-") return Format::pdf;
  const auto name = ending_of(*output);
  if (const auto format = format_named(name)) return *format;
  throw UsageError(name.empty() ? fmt::format("`{}` has no ending that says the format", *output) : fmt::format("there is no format `{}`", name),
                   fmt::format("let the name end with {}, or say {}", choices("."), choices("--to ")));
}

}  // namespace

Naming naming_of(const Arguments& arguments, const std::vector<std::string>& inputs) {
  const bool several = inputs.size() > 1 || arguments.has("all-variants") || arguments.values("variant").size() > 1;
  Naming naming;
  naming.with_variant = arguments.has("variant") || arguments.has("all-variants");
  naming.letter = arguments.value("letter").value_or("");
  const auto output = arguments.value("output");
  if (output && output->empty()) throw UsageError("the name after `-o` is empty", "write `-o FILE`");
  naming.output = output.value_or("");
  const bool is_file = naming.output == "-" || format_named(ending_of(naming.output));
  if (several && is_file) throw UsageError("several documents don't go into one file", "name a folder with `-o`, as in `-o out/`");
  const bool to_folder = naming.output.ends_with('/') || (!is_file && io::is_folder(naming.output));
  naming.in_folder = several || to_folder || ((naming.with_variant || !naming.letter.empty()) && !output && inputs.front() != "-");
  naming.format = naming.in_folder ? format_option(arguments).value_or(Format::pdf) : format_of_output(arguments);
  return naming;
}

Target target_of(const Naming& naming, const std::string& input, const std::string& variant) {
  Target target{naming.output, naming.format};
  if (naming.in_folder) {
    auto folder = naming.output.empty() ? std::string(".") : naming.output;
    while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
    auto name = naming.with_variant && !variant.empty() ? fmt::format("{}-{}", stem(input), variant) : stem(input);
    if (!naming.letter.empty()) name += "-" + naming.letter;
    target.path = fmt::format("{}/{}.{}", folder, name, ending(target.format));
    if (target.path.starts_with("./")) target.path.erase(0, 2);
  } else if (target.path.empty()) {
    target.path = input == "-" ? "-" : fmt::format("{}.{}", stem(input), ending(target.format));
  }
  if (target.path == "-" && target.format != Format::tex && io::is_terminal(1)) throw UsageError(fmt::format("a {} is not for a terminal", target.format == Format::pdf ? "PDF" : "PNG"), "name a file with `-o`, or pipe the output");
  return target;
}

std::string ending_of(const std::string& path) {
  const auto dot = path.rfind('.');
  const auto slash = path.rfind('/');
  if (dot == std::string::npos || (slash != std::string::npos && dot < slash)) return {};
  return path.substr(dot + 1);
}

std::string stem(const std::string& input) {
  auto name = input.substr(input.rfind('/') + 1);
  if (name.ends_with(".xml")) name.resize(name.size() - 4);
  return input == "-" ? "cv" : name;
}

}  // namespace cvgen::cli
