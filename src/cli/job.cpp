#include "cli/job.hpp"

#include <fmt/format.h>

#include "cli/depfile.hpp"
#include "cli/outputs.hpp"
#include "cli/parallel.hpp"
#include "io/file.hpp"
#include "text/similar.hpp"

namespace cvgen::cli {

const model::Variant* find_variant(const Input& input, const std::string& name, diag::Sink& sink) {
  std::vector<std::string> names;
  for (const auto& variant : input.variants) {
    if (!name.empty() && variant.name.value == name) return &variant;
    if (!variant.name.empty()) names.push_back(variant.name.value);
  }
  const auto advice = names.empty() ? "it declares no variants; `cvgen explain variants` tells how" : fmt::format("`cvgen list variants {}` shows them", input.name);
  sink.add(diag::nowhere(diag::Code::E0504, fmt::format("`{}` has no variant `{}`", input.name, name)).helps(text::similar_or("variant", name, names, advice)));
  return nullptr;
}

namespace {

std::vector<const model::Variant*> wanted_variants(const RenderRequest& request, const Input& input, diag::Sink& sink) {
  std::vector<const model::Variant*> result;
  if (request.all_variants) {
    for (const auto& variant : input.variants) result.push_back(&variant);
    return result;
  }
  for (const auto& name : request.variants) {
    if (const auto* variant = find_variant(input, name, sink)) result.push_back(variant);
  }
  if (request.variants.empty()) result.push_back(&input.variants.front());
  return result;
}

}  // namespace

Rendered render_cv(const std::string& name, const RenderRequest& request, unsigned threads, Session& session) {
  if (request.compile.among_others) session.rendering.about = name;
  if (request.compile.template_name) session.templates.want(*request.compile.template_name, session.sources);
  const auto input = open(name, session);
  if (!input) return {};
  const auto variants = wanted_variants(request, *input, session.sink);
  if (input->sound && !variants.empty() && !make_output_folder(request, session.sink)) return {};
  Rendered rendered;
  auto& documents = rendered.documents;
  documents.resize(variants.size());
  std::vector<diag::Sink> sinks(variants.size());
  for_each_index(variants.size(), threads, [&](std::size_t i) {
    const auto target = target_of(request.naming, name, variants[i]->name.value);
    documents[i] = compile(*input, *variants[i], target, request.compile, session.templates, session.sources, sinks[i]);
  });
  for (const auto& sink : sinks) session.sink.merge(sink);
  for (const auto& document : documents) {
    if (!request.depfile.empty() && document.written) rendered.dependencies += dependency_rule(document, session.sink);
  }
  return rendered;
}

void write_depfile(const std::string& rules, const RenderRequest& request, Session& session) {
  if (request.depfile.empty() || request.compile.dry_run || session.verdict() != Exit::ok) return;
  const auto written = io::write_file(request.depfile, rules);
  if (!written) session.sink.add(diag::nowhere(diag::Code::E0802, fmt::format("`{}` can't be written: {}", request.depfile, written.failure().what)).helps("check that the folder exists and may be written to"));
}

std::string words_on(const Rendered& rendered, const RenderRequest& request, const Session& session) {
  std::string words;
  const auto say = [&](const std::string& line) {
    if (!line.empty() && !session.quiet) words += line + "\n";
  };
  for (const auto& document : rendered.documents) {
    if (session.verbose) say(document.details);
    say(session.verbose ? document.fit_details : document.fit);
  }
  words += session.report_words();
  for (const auto& document : rendered.documents) {
    if (document.written && (session.verbose || request.watch || !request.compile.among_others)) say(document.summary);
    if (session.verbose || !request.compile.among_others) say(document.checked);
  }
  return words;
}

}  // namespace cvgen::cli
