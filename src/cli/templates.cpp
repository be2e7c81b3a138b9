#include "cli/templates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "check/template.hpp"
#include "cli/exit.hpp"
#include "embedded.hpp"
#include "io/environment.hpp"
#include "io/file.hpp"
#include "read/template.hpp"
#include "schema/validate.hpp"
#include "xml/tree.hpp"

namespace cvgen::cli {
namespace {

constexpr std::size_t largest_file = 1U << 20U;
constexpr std::string_view declaration_name = "template.xml", frame_name = "preamble.tex";

std::vector<read::Part> parts() {
  constexpr std::string_view shared = "parts/", ending = ".tex";
  std::vector<read::Part> result;
  for (const auto& file : embedded::latex_templates()) {
    if (file.path.starts_with(shared)) result.push_back({file.path.substr(shared.size(), file.path.size() - shared.size() - ending.size()), file.path, file.text});
  }
  return result;
}

std::string users_folder() {
  if (const auto config = io::variable("XDG_CONFIG_HOME")) return *config + "/cvgen/templates";
  if (const auto home = io::variable("HOME")) return *home + "/.config/cvgen/templates";
  return {};
}

// A file of a template, links followed as long as they stay in its folder.
std::optional<std::uint32_t> add_file(const std::string& folder, std::string_view name, diag::Sources& sources, diag::Sink& sink) {
  const auto path = fmt::format("{}/{}", folder, name);
  const auto refuse = [&](const std::string& why) {
    sink.add(diag::nowhere(diag::Code::E0608, fmt::format("`{}` can't be read: {}", path, why)).helps("a template is a folder with template.xml and preamble.tex; `cvgen init-template NAME` makes one"));
    return std::nullopt;
  };
  const auto root = io::canonical_path(folder), real = io::canonical_path(path);
  if (!real) return refuse(real.failure().what);
  if (!root || !real->starts_with(*root + "/")) return refuse("it leads out of the template's folder");
  auto bytes = io::read_regular_file(*real, largest_file);
  if (!bytes) return refuse(bytes.failure().what);
  return sources.add(path, std::move(*bytes));
}

}  // namespace

bool is_template_name(std::string_view name) {
  return !name.empty() && name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == std::string_view::npos && name.front() != '-';
}

std::vector<std::string> template_names() {
  constexpr std::string_view declaration = "/template.xml";
  std::vector<std::string> result;
  for (const auto& file : embedded::latex_templates()) {
    if (file.path.ends_with(declaration)) result.emplace_back(file.path.substr(0, file.path.size() - declaration.size()));
  }
  return result;
}

std::optional<model::Template> find_template(std::string_view name) {
  const auto names = template_names();
  if (std::find(names.begin(), names.end(), name) == names.end()) return std::nullopt;
  const auto text_of = [&](std::string_view file) { return std::string(embedded::latex_template(fmt::format("{}/{}", name, file))); };
  diag::Sources sources;
  diag::Sink sink;
  const auto document = xml::parse(sources, sources.add("template.xml", text_of(declaration_name)), sink);
  if (!document || sink.has_errors()) throw std::logic_error(fmt::format("{}/template.xml: malformed", name));
  auto look = read::template_of(document->root);
  // Its places are of no use to anybody.
  look.frame = read::whole_frame(sources, sources.add("preamble.tex", text_of(frame_name)), parts(), sink);
  if (sink.has_errors()) throw std::logic_error(sink.sorted().front().message);
  for (auto& line : look.frame) line.span = {};
  return look;
}

Templates::Templates(const Arguments& arguments, bool may_be_new) {
  const auto given = arguments.value("template-dir");
  folder_ = given.value_or(users_folder());
  if (given && !io::is_folder(folder_) && !(may_be_new && !io::file_exists(folder_))) throw UsageError(fmt::format("`--template-dir {}` is not a folder", folder_), "name the folder that has the templates' folders in it");
  if (given && io::file_exists(fmt::format("{}/{}", folder_, declaration_name))) {
    throw UsageError(fmt::format("`{}` is a template itself", folder_), "`--template-dir` takes the folder around it, `--template` its name");
  }
}

void Templates::want(const std::string& name, diag::Sources& sources) {
  if (folder_.empty() || !is_template_name(name) || own_.contains(name)) return;
  const auto folder = fmt::format("{}/{}", folder_, name);
  if (!io::is_folder(folder)) return;
  own_.emplace(name, read(name, folder, sources));
}

bool Templates::known(const std::string& name) const {
  const auto names = template_names();
  return own_.contains(name) || std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<model::Template> Templates::take(const std::string& name, diag::Sink& sink) const {
  const auto own = own_.find(name);
  if (own == own_.end()) return find_template(name);
  sink.merge(own->second.faults);
  return own->second.look;
}

std::string Templates::declaration(const std::string& name) const {
  const auto own = own_.find(name);
  return own == own_.end() ? std::string(embedded::latex_template(fmt::format("{}/{}", name, declaration_name))) : own->second.declaration;
}

std::vector<std::string> Templates::names() const {
  auto result = template_names();
  const auto found = folder_.empty() ? io::Result<std::vector<std::string>>(io::Failure{}) : io::list_folder(folder_);
  if (!found) return result;
  for (const auto& name : *found) {
    const bool new_one = std::find(result.begin(), result.end(), name) == result.end();
    if (new_one && is_template_name(name) && io::file_exists(fmt::format("{}/{}/{}", folder_, name, declaration_name))) result.push_back(name);
  }
  return result;
}

Templates::Own Templates::read(const std::string& name, const std::string& folder, diag::Sources& sources) {
  Own own;
  const auto names = template_names();
  if (std::find(names.begin(), names.end(), name) != names.end()) {
    own.faults.add(diag::nowhere(diag::Code::E0608, fmt::format("`{}` has the name of a template of cvgen's own", folder)).helps("rename the folder, and `name` in its template.xml"));
    return own;
  }
  const auto declaration = add_file(folder, declaration_name, sources, own.faults);
  const auto frame = add_file(folder, frame_name, sources, own.faults);
  if (!declaration || !frame) return own;
  own.declaration = sources.file(*declaration).text();
  const auto document = xml::parse(sources, *declaration, own.faults);
  if (!document) return own;
  const auto& root = document->root;
  if (root.name != "template") {
    own.faults.add(diag::at(root.name_span(), diag::Code::E0201, fmt::format("the document is a `<{}>`, not a `<template>`", root.name)).label("unexpected root element").helps(fmt::format("it begins with `<template name=\"{}\">`", name)));
    return own;
  }
  schema::validate(schema::template_grammar(), "template", root, own.faults);
  auto look = read::template_of(root);
  if (const auto* given = root.attribute("name"); given != nullptr && look.name != name) {
    own.faults.add(diag::at(given->value_span, diag::Code::E0605, fmt::format("the template is called `{}`, its folder `{}`", look.name, name)).helps(fmt::format("write `name=\"{}\"`", name)).fixed_by(given->value_span, name));
  }
  const bool sound = !own.faults.has_errors();
  if (sound) check::declaration(look, own.faults);
  look.frame = read::whole_frame(sources, *frame, parts(), own.faults);
  if (sound) check::frame(look, own.faults);
  if (!own.faults.has_errors()) own.look = std::move(look);
  return own;
}

}  // namespace cvgen::cli
