// cvgen check-template: can a template set whatever a CV may have in it?
#include <fmt/format.h>

#include <algorithm>

#include "check/settings.hpp"
#include "cli/commands.hpp"
#include "cli/parallel.hpp"
#include "cli/progress.hpp"
#include "cli/session.hpp"
#include "io/environment.hpp"
#include "io/file.hpp"
#include "io/temporary.hpp"
#include "typeset/pdflatex.hpp"
#include "typeset/pdftotext.hpp"
#include "write/latex/contract.hpp"

namespace cvgen::cli {
namespace {

// A grey point, as a photo.
constexpr std::string_view photo(
    "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x8\0\0\0\0\x3A\x7E\x9B\x55\0\0\0\nIDATx\x9C\x63\x68\0\0\0\x82\0\x81\x77\xCD\x72\xB6\0\0\0\0IEND\xAE\x42\x60\x82", 67);

struct Trial {
  std::string name;  // "style=classic color=red"; empty: as it comes
  model::ResolvedSettings settings;
  diag::Sink sink;
  int pages = 0;
  std::size_t words = 0;
};

// So many looks that each value of each choice occurs in one, and one as tight as a page budget may make it.
std::vector<Trial> trials(const model::Template& look, diag::Sink& sink) {
  const auto plain = check::settings(look, {}, sink);
  std::size_t most = 1;
  for (const auto& rule : look.settings) most = std::max(most, rule.values.size());
  std::vector<Trial> result;
  for (std::size_t i = 0; i < most; ++i) {
    Trial trial{{}, plain, {}};
    for (const auto& rule : look.settings) {
      // From the default on, round about.
      const auto first = static_cast<std::size_t>(std::find_if(rule.values.begin(), rule.values.end(), [&](const model::SettingValue& v) { return v.name.value == rule.default_value.value; }) - rule.values.begin());
      if (i == 0 || first == rule.values.size()) continue;
      const auto& value = rule.values[(first + i) % rule.values.size()];
      trial.settings[rule.name.value] = value.tex;
      if (value.name.value != rule.default_value.value) trial.name += fmt::format("{}{}={}", trial.name.empty() ? "" : " ", rule.name.value, value.name.value);
    }
    result.push_back(std::move(trial));
  }
  Trial tight{{}, plain, {}};
  for (const auto& [name, value] : check::bounds(look, {}, plain, sink).tight) {
    tight.settings[name] = value;
    tight.name += fmt::format("{}{}={}", tight.name.empty() ? "" : " ", name, value);
  }
  if (!tight.name.empty()) result.push_back(std::move(tight));
  return result;
}

// What is lost: words of the contract that the text of the PDF does not have.
void compare(const latex::Contract& contract, const diag::SourceFile& file, std::uint32_t source, const typeset::Extraction& read, diag::Sink& sink) {
  const std::string_view text = read.text;
  for (const auto& [word, line] : contract.words) {
    if (text.find(word) != std::string_view::npos) continue;
    const auto at = file.line_start(static_cast<std::uint32_t>(line)) + static_cast<std::uint32_t>(file.line(static_cast<std::uint32_t>(line)).find(word));
    sink.add(diag::at({source, at, at + static_cast<std::uint32_t>(word.size())}, diag::Code::E0609, fmt::format("`{}` is not in the text of the PDF", word))
                 .label("lost").helps("preamble.tex must print this argument also when the others are empty or long"));
  }
  const auto& first = contract.words.front().word;
  if (const auto at = text.find(first); read.order != typeset::ReadingOrder::layout && at != std::string_view::npos && text.find_first_not_of(" \n") != at) {
    sink.add(diag::nowhere(diag::Code::E0609, "the text of the PDF does not begin with the name").helps("let \\makecvtitle print it before anything else: programs that read a CV take the first line for it"));
  }
}

}  // namespace

Exit check_template(const Arguments& arguments) {
  Session session(arguments);
  session.strict = true;
  const auto& name = arguments.operands.front();
  const auto look = template_named(name, session);
  const auto contract = latex::contract();
  const auto source = session.sources.add("what-cvgen-writes.tex", contract.text);
  auto all = trials(look, session.sink);
  const bool extracts = io::find_on_path("pdftotext").has_value();
  {
    const Progress progress(fmt::format("typesetting in {} looks ...", all.size()), !session.quiet);
    for_each_index(all.size(), 2, [&](std::size_t i) {
      auto& trial = all[i];
      const auto document = latex::contract_document(session.sources, source, look, trial.settings);
      typeset::Job job;
      job.tex = document.text;
      job.line_spans = &document.line_spans;
      job.advice = "mend the template";
      job.assets = {{"photo.png", std::string(photo)}};
      const auto product = typeset::run(job, trial.sink);
      if (!product) return;
      trial.pages = product->pages;
      const auto folder = io::TemporaryFolder::create();
      if (!extracts || !folder || !io::write_file(folder->path() + "/cv.pdf", product->pdf)) return;
      for (const auto& read : typeset::extract_text(folder->path() + "/cv.pdf", "the PDF", trial.sink)) compare(contract, session.sources.file(source), source, read, trial.sink);
    });
  }
  int pages = 0;
  for (const auto& trial : all) {
    diag::Sink named;
    for (auto& fault : trial.sink.sorted()) named.add(trial.name.empty() ? std::move(fault) : std::move(fault).notes_that(fmt::format("with {}", trial.name)));
    session.sink.merge(named);
    pages += trial.pages;
  }
  session.report();
  const auto verdict = session.verdict();
  if (verdict == Exit::ok) {
    session.say(fmt::format("{}: all is well in {} looks, {} pages", name, all.size(), pages));
    if (!extracts) session.say("(pdftotext of poppler-utils is not installed: whether the text can be read back was not tried)");
  }
  return verdict;
}

}  // namespace cvgen::cli
