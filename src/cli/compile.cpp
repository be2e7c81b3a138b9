#include "cli/compile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "cli/assets.hpp"
#include "cli/fit.hpp"
#include "cli/fit_report.hpp"
#include "cli/look.hpp"
#include "cli/unchanged.hpp"
#include "cli/product.hpp"
#include "cli/proofread.hpp"
#include "io/environment.hpp"
#include "io/file.hpp"
#include "typeset/pdflatex.hpp"
#include "typeset/raster.hpp"
#include "write/latex/document.hpp"

namespace cvgen::cli {
namespace {

std::string size_words(std::size_t bytes) { return bytes < 1024 ? fmt::format("{} bytes", bytes) : fmt::format("{} KiB", (bytes + 512) / 1024); }

std::string count_words(int count, std::string_view one, std::string_view many) { return fmt::format("{} {}", count, count == 1 ? one : many); }

// Of TeX, for a document that is to fit its pages.
constexpr int most_runs = 4;

constexpr std::string_view own_advice = "this template is not of cvgen: `cvgen check-template` tries out all of it";

// What \photo may name in a .tex that is to be compiled by hand.
bool is_tex_file_name(std::string_view name) {
  return name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/") == std::string_view::npos;
}

bool is_same_file(const std::string& input, const std::string& output) {
  if (input == "-" || output == "-") return false;
  const auto a = io::canonical_path(input);
  const auto b = io::canonical_path(output);
  return a && b && *a == *b;
}

}  // namespace

Compiled compile(const Input& input, const model::Variant& variant, const Target& target, const CompileOptions& options,
                 const Templates& templates, const diag::Sources& sources, diag::Sink& sink) {
  const double start = io::now();
  Compiled result;
  result.paths = {target.path};
  result.files = files_of(sources, input.name);
  const auto stop = [&] { return !input.sound || options.stop.stop_requested() || sink.has_errors() || (options.strict && sink.warning_count() > 0); };

  auto loaded = load(input, variant, options.engine, sources, sink, {}, Keep::all, options.letter);
  if (loaded.cv.letter && options.letter_date) loaded.cv.letter->date.to = options.letter_date;
  const auto look = choose_look(loaded.cv, templates, options.template_name, options.settings, sink);
  const auto photo = load_photo(loaded, look && is_pdfa(*look), sink);
  const auto& photo_source = loaded.cv.person.photo;
  if (!photo_source.empty()) result.files.push_back({photo_path(loaded), photo ? std::optional(fingerprint(photo->bytes)) : fingerprint_of(photo_path(loaded))});
  if (is_same_file(input.name, target.path)) {
    sink.add(diag::nowhere(diag::Code::E0802, fmt::format("`{}` can't be written: it is the CV itself", target.path)).helps("name another file with `-o`"));
  }
  if (const auto there = io::canonical_path(target.path); photo && target.path != "-" && there && *there == photo->path) {
    sink.add(diag::nowhere(diag::Code::E0802, fmt::format("`{}` can't be written: it is the photo of this CV", target.path)).helps("name another file with `-o`"));
  }
  if (photo && target.format == Format::tex && !is_tex_file_name(photo_source.value)) {
    sink.add(diag::at(photo_source.span, diag::Code::E0403, "LaTeX can't name this photo").helps("rename it to letters, digits, `-`, `_` and `.`"));
  }
  if (target.format == Format::png && !options.dry_run && !stop()) (void)typeset::can_raster(sink);  // before TeX takes its time
  if (!look || stop()) return result;
  result.details = fmt::format("{}: variant {}, {}, template {}", input.name, variant.name.empty() ? "(none)" : variant.name.value,
                               count_words(static_cast<int>(loaded.cv.sections.size()), "section", "sections"), look->look.name);

  // The budget of a variant is the CV's.
  const auto pages = options.pages || options.letter ? options.pages : variant.pages;
  const bool runs_tex = target.format != Format::tex || pages || options.fill || options.dry_run;
  const auto engine = choose_engine(loaded.cv, look->settings, options.engine, runs_tex, sources, sink);
  if (!engine) return result;

  std::string photo_name;
  if (photo) photo_name = target.format == Format::tex ? photo_source.value : photo->name;
  std::vector<typeset::Asset> assets;
  if (photo) assets.push_back({photo->name, photo->bytes});

  // Nobody may have to wait for what is there.
  const bool remembers = options.cache != nullptr && target.format == Format::pdf && target.path != "-" && !options.dry_run && !options.report_json;
  const auto inputs = remembers ? digest_of_inputs(input, variant, *look, options, assets, sources) + (engine->fonts ? " lualatex" : "") : std::string();
  if (remembers && !options.force && !options.check) {
    if (const auto rendered = find_rendered(*options.cache, target.path, inputs)) {
      result.written = true;
      result.fit = rendered->fit;
      result.fit_details = rendered->fit_details;
      result.summary = fmt::format("{} is up to date ({})", target.path, rendered->what);
      return result;
    }
  }
  std::optional<Fitter> fitter;
  std::optional<Fitting> fitting;
  if (pages || options.fill || options.dry_run) {
    fitter.emplace(loaded, input.document.root, *look, *engine, assets, photo ? photo->name : "", sources, options.cache);
    fitting = fitter->fit({pages, options.fill, options.stop}, sink);
    if (!fitting || stop()) return result;
  }
  const auto shown_cv = [&] {
    if (!fitting) return loaded.cv;
    // Its faults were reported when all of it was loaded.
    diag::Sink ignored;
    return load(input, variant, options.engine, sources, ignored, fitting->dropped).cv;
  };
  const auto document_of = [&](const std::string& photo_file) {
    return latex::document(shown_cv(), look->look, fitting ? fitting->settings : look->settings, photo_file, engine->document_fonts());
  };

  std::optional<typeset::Product> product;
  int runs = fitter ? fitter->tex_runs() : 0;
  // A document that only comes out as LaTeX is run as well where it must prove that it fits.
  const bool proof = fitting && pages && target.format == Format::tex && !options.dry_run;
  if (!options.dry_run && (target.format != Format::tex || proof)) {
    while (true) {
      const auto document = document_of(photo ? photo->name : "");
      typeset::Job job;
      job.tex = document.text;
      job.line_spans = &document.line_spans;
      job.assets = assets;
      if (look->look.is_own()) job.advice = own_advice;
      job.preamble_size = document.preamble_size;
      job.cache = options.cache;
      job.prove = look->look.is_own();
      if (const auto path = io::canonical_path(input.name); path && !fitting) job.name = fmt::format("{}\n{}\n{}\n{}", *path, variant.name.value, options.letter.value_or(""), look->look.name);
      engine->apply_to(job);
      job.most_pages = pages.value_or(0);
      job.stop = options.stop;
      job.keep_failure = options.keep_failures;
      if (fitting) {
        job.earlier = fitter->earlier_files(*fitting);
        job.most_passes = std::max(1, most_runs - runs);
      }
      product = typeset::run(job, sink);
      if (!product || stop()) return result;
      runs += product->passes;
      if (!pages || product->pages <= *pages) break;
      // Longer than planned: once more, with less room.
      if (runs >= most_runs) {
        sink.add(diag::nowhere(diag::Code::E0506, fmt::format("the document has {} pages instead of {}", product->pages, *pages))
                     .helps("please report this with the CV; other weights or more pages may help meanwhile"));
        return result;
      }
      fitting = fitter->correct(product->pages - *pages, sink);
      if (!fitting) return result;
    }
  }
  if (fitting) {
    const auto& own = variant.name.value;
    const auto name = own.empty() ? input.name : options.among_others ? fmt::format("{}, {}", input.name, own) : own;
    result.fit = options.report_json ? fit_json(input.name, own, *fitting, runs) : fit_words(name, *fitting, false);
    result.fit_details = options.report_json ? result.fit : fit_words(name, *fitting, true);
  }
  if (options.dry_run) return result;

  const auto destination = target.path == "-" ? std::string("to standard output") : target.path;
  if (target.format == Format::tex) {
    const auto document = document_of(photo_name);
    result.written = write_product(target, document.text, sink);
    result.summary = fmt::format("wrote {} ({})", destination, size_words(document.text.size()));
    return result;
  }
  result.details += fmt::format("\n{}: {}, {}, {:.2f} s{}", input.name, engine->fonts ? "lualatex" : "pdflatex", count_words(product->passes, "pass", "passes"), product->seconds, product->closed ? ", preamble and files from the cache" : !product->format.empty() ? ", preamble from the cache" : "");
  const auto what = [&](std::size_t size) {
    return fmt::format("{}{}, {}", variant.name.empty() ? "" : fmt::format("variant {}, ", variant.name.value), count_words(product->pages, "page", "pages"), size_words(size));
  };
  const auto tell = [&](const std::string& where, std::size_t size, const std::string& remark) {
    return fmt::format("wrote {} ({}, {:.2f} s){}", where, what(size), io::now() - start, remark);
  };
  if (target.format == Format::pdf) {
    result.written = write_product(target, product->pdf, sink);
    if (remembers && result.written) remember_rendered(*options.cache, target.path, inputs, *product, {what(product->pdf.size()), result.fit, result.fit_details});
    if (options.check && result.written) result.checked = proofread_bytes(shown_cv(), product->pdf, target.path == "-" ? "the PDF" : target.path, sources, sink).value_or("");
    result.summary = tell(destination, product->pdf.size(), "");
    return result;
  }
  const auto pages_drawn = typeset::raster(product->pdf, options.dpi, sink);
  if (!pages_drawn || stop()) return result;
  std::vector<std::string> untouchable;
  if (const auto cv = io::canonical_path(input.name)) untouchable.push_back(*cv);
  if (photo) untouchable.push_back(photo->path);
  const auto pictures = write_pictures(target, *pages_drawn, untouchable, sink);
  if (!pictures) return result;
  result.paths = pictures->paths;
  const auto size = std::accumulate(pages_drawn->begin(), pages_drawn->end(), std::size_t{0}, [](std::size_t sum, const std::string& page) { return sum + page.size(); });
  result.written = true;
  result.summary = tell(pictures->names, size, pictures->remains.empty() ? "" : fmt::format("; {} was there before and is left as it was", pictures->remains));
  return result;
}

}  // namespace cvgen::cli
