#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <set>
#include <thread>

#include "cli/commands.hpp"
#include "cli/compile.hpp"
#include "cli/progress.hpp"
#include "io/file.hpp"
#include "text/similar.hpp"

namespace cvgen::cli {
namespace {

struct Task {
  const Input* input;
  const model::Variant* variant;
  Target target;
  diag::Sink sink;
  Compiled compiled;
};

const model::Variant* find_variant(const Input& input, const std::string& name, diag::Sink& sink) {
  std::vector<std::string> names;
  for (const auto& variant : input.variants) {
    if (!name.empty() && variant.name.value == name) return &variant;
    if (!variant.name.empty()) names.push_back(variant.name.value);
  }
  auto diagnostic = diag::nowhere(diag::Code::E0504, fmt::format("`{}` has no variant `{}`", input.name, name));
  if (const auto near = text::nearest(name, names)) diagnostic.help.push_back(fmt::format("a variant with a similar name exists: `{}`", *near));
  else diagnostic.help.push_back(names.empty() ? "it declares no variants; `cvgen explain variants` tells how" : fmt::format("`cvgen list variants {}` shows them", input.name));
  sink.add(std::move(diagnostic));
  return nullptr;
}

std::vector<const model::Variant*> wanted_variants(const Arguments& arguments, const Input& input, diag::Sink& sink) {
  std::vector<const model::Variant*> result;
  if (arguments.has("all-variants")) {
    for (const auto& variant : input.variants) result.push_back(&variant);
    return result;
  }
  for (const auto& name : arguments.values("variant")) {
    if (const auto* variant = find_variant(input, name, sink)) result.push_back(variant);
  }
  if (!arguments.has("variant")) result.push_back(&input.variants.front());
  return result;
}

// Each document in a thread of its own, as many at once as there are processors.
void run(std::vector<Task>& tasks, const CompileOptions& options, const diag::Sources& sources) {
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (auto i = next++; i < tasks.size(); i = next++) {
      auto& task = tasks[i];
      task.compiled = compile(*task.input, *task.variant, task.target, options, sources, task.sink);
    }
  };
  const auto count = std::min<std::size_t>(tasks.size(), std::max(1U, std::thread::hardware_concurrency()));
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < count; ++i) others.emplace_back(work);
  work();
  for (auto& thread : others) thread.join();
}

std::optional<int> page_budget(const Arguments& arguments) {
  const auto text = arguments.value("pages");
  if (!text) return std::nullopt;
  int pages = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), pages);
  if (error != std::errc() || end != text->data() + text->size() || pages < 1 || pages > 99) {
    throw UsageError(fmt::format("`{}` is not a number of pages", *text), "`--pages` takes a number from 1 to 99");
  }
  return pages;
}

bool wants_json(const Arguments& arguments) {
  const auto form = arguments.value("report").value_or("text");
  if (form != "text" && form != "json") throw UsageError(fmt::format("`{}` is not a value of `--report`", form), "it takes `text` or `json`");
  return form == "json";
}

}  // namespace

Exit render(const Arguments& arguments) {
  Session session(arguments);
  if (arguments.has("variant") && arguments.has("all-variants")) throw UsageError("`--variant` and `--all-variants` exclude each other", "keep one of the two");
  const bool several = arguments.operands.size() > 1 || arguments.has("all-variants") || arguments.values("variant").size() > 1;
  const bool named = arguments.has("variant") || arguments.has("all-variants");
  const auto output = arguments.value("output").value_or("");
  const bool to_folder = output.ends_with('/') || (!output.ends_with(".pdf") && !output.ends_with(".tex") && io::is_folder(output));
  if (!several && !to_folder) (void)format_of_output(arguments);
  const auto pages = page_budget(arguments);
  const bool report_json = wants_json(arguments);

  std::vector<Input> inputs;
  for (const auto& name : arguments.operands) {
    if (auto input = open(name, session)) inputs.push_back(std::move(*input));
  }
  std::vector<Task> tasks;
  std::set<std::string> paths;
  for (const auto& input : inputs) {
    for (const auto* variant : wanted_variants(arguments, input, session.sink)) {
      const bool in_folder = several || to_folder || (named && !arguments.has("output") && input.name != "-");
      auto target = in_folder ? target_in_folder(arguments, input.name, named ? variant->name.value : "") : single_target(arguments, input.name);
      check_target(target, input.name);
      if (!paths.insert(target.path).second) throw UsageError(fmt::format("two documents would be written to `{}`", target.path), "give the inputs different names, or render them one by one");
      tasks.push_back({&input, variant, std::move(target), {}, {}});
    }
  }
  const auto finish = [&] {
    session.report();
    return session.verdict();
  };
  const bool any_sound = std::any_of(tasks.begin(), tasks.end(), [](const Task& task) { return task.input->sound; });
  if ((several || to_folder) && any_sound && arguments.has("output")) {
    const auto folder = *arguments.value("output");
    if (const auto made = io::make_folder(folder); !made) {
      session.sink.add(diag::nowhere(diag::Code::E0802, fmt::format("the folder `{}` can't be made: {}", folder, made.failure().what)).helps("name another folder with `-o`"));
      return finish();
    }
  }
  CompileOptions options{arguments.value("template"), arguments.values("set"), session.strict, pages};
  options.fill = arguments.has("fill");
  options.dry_run = arguments.has("dry-run");
  options.report_json = report_json;
  {
    const Progress progress(tasks.size() == 1 ? fmt::format("typesetting {} ...", tasks.front().input->name) : fmt::format("typesetting {} documents ...", tasks.size()), !session.quiet);
    run(tasks, options, session.sources);
  }
  for (auto& task : tasks) {
    if (!task.compiled.details.empty()) session.say_more(task.compiled.details);
    if (!task.compiled.fit.empty()) session.say(session.verbose ? task.compiled.fit_details : task.compiled.fit);
    session.sink.merge(task.sink);
  }
  session.report();
  for (const auto& task : tasks) {
    if (task.compiled.written) session.say(task.compiled.summary);
  }
  return session.verdict();
}

}  // namespace cvgen::cli
