#include "cli/warm.hpp"

#include <fmt/format.h>

#include "cli/assets.hpp"
#include "cli/engine.hpp"
#include "cli/look.hpp"
#include "cli/session.hpp"
#include "cli/templates.hpp"
#include "io/environment.hpp"
#include "typeset/base.hpp"
#include "typeset/pdflatex.hpp"
#include "write/latex/document.hpp"

namespace cvgen::cli {
namespace {

// Uses the fonts that most CVs use.
constexpr std::string_view sample = R"(<cv version="1">
  <person>
    <name given="Ada" family="Lovelace"/>
    <headline>Analyst</headline>
    <email>ada@example.org</email>
    <phone>+44 20 7946 0000</phone>
    <website>https://example.org</website>
    <profile network="github" user="ada"/>
    <location>London</location>
  </person>
  <experience>
    <job from="2020" to="2021"><title>Analyst</title><employer>Analytical Engines</employer><place>London</place>
      <highlights><item><b>Bold</b>, <i>italic</i>, <b><i>both</i></b>, <code>code</code>, <a href="https://example.org">a link</a>
        <highlights><item>one below</item></highlights></item></highlights></job>
  </experience>
  <publications>
    <publication date="1843"><title>Notes</title><authors><author me="yes">A. Lovelace</author></authors><venue>Memoirs</venue></publication>
  </publications>
  <awards><award date="1843"><title>First of programs</title></award></awards>
</cv>
)";

// LaTeX itself, on which the templates are built.
void make_base(const typeset::Cache& cache) {
  constexpr std::chrono::seconds limit{120};
  const auto program = io::find_on_path("pdflatex");
  if (program && typeset::Base::make(cache, *program, limit, {})) print("ready  LaTeX\n");
}

// False: it can't be set, for which the sink has the reason.
bool make_ready(const Input& input, const model::Variant& variant, const std::optional<std::string>& name, const typeset::Cache& cache, Session& session) {
  diag::Sink sink;
  const auto loaded = load(input, variant, EngineChoice::automatic, session.sources, sink);
  const auto look = choose_look(loaded.cv, session.templates, name, {}, sink);
  const auto photo = load_photo(loaded, look && is_pdfa(*look), session.sources, sink);
  std::optional<typeset::Product> product;
  const bool good = look && input.sound && !sink.has_errors();
  const auto engine = good ? choose_engine(loaded.cv, *look, EngineChoice::automatic, true, session.sources, sink) : std::nullopt;
  if (engine) {
    const auto document = latex::document(loaded.cv, look->look, look->settings, photo ? photo->name : "", engine->document_fonts());
    typeset::Job job;
    job.tex = document.text;
    job.line_spans = &document.line_spans;
    if (photo) job.assets.push_back({photo->name, photo->bytes});
    job.preamble_size = document.preamble_size;
    job.cache = &cache;
    job.prove = true;
    job.trusted = !look->look.is_own();
    engine->apply_to(job);
    product = typeset::run(job, sink);
  }
  session.sink.merge(sink);
  if (!product) return false;
  const auto what = name ? *name : fmt::format("{}{}{}, {}", input.name, variant.name.empty() ? "" : ", variant ", variant.name.value, look->look.name);
  print(!product->format.empty() ? fmt::format("ready  {}\n", what) : fmt::format("       {}: can't be kept in the cache\n", what));
  return true;
}

}  // namespace

Exit warm(const Arguments& arguments) {
  Session session(arguments);
  const auto cache = typeset::Cache::of_user();
  if (!cache) {
    print(fmt::format("no cache: {}\n", cache.trouble()));
    return Exit::ok;
  }
  make_base(cache);
  if (arguments.operands.empty()) {
    const auto input = open("sample", std::string(sample), session);
    for (const auto& name : template_names()) (void)make_ready(*input, input->variants.front(), name, cache, session);
  }
  for (const auto& operand : arguments.operands) {
    const auto input = open(operand, session);
    if (!input) continue;
    for (const auto& variant : input->variants) (void)make_ready(*input, variant, std::nullopt, cache, session);
  }
  session.report();
  return session.verdict();
}

}  // namespace cvgen::cli
