#include "cli/compile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <climits>
#include <memory>
#include <numeric>

#include "check/template.hpp"
#include "cli/assets.hpp"
#include "cli/fit.hpp"
#include "cli/fit_report.hpp"
#include "cli/guess.hpp"
#include "cli/look.hpp"
#include "cli/product.hpp"
#include "cli/proofread.hpp"
#include "cli/unchanged.hpp"
#include "io/environment.hpp"
#include "io/file.hpp"
#include "typeset/confinement.hpp"
#include "typeset/pdflatex.hpp"
#include "typeset/raster.hpp"
#include "write/latex/document.hpp"

namespace cvgen::cli {
namespace {

std::string size_words(std::size_t bytes) { return bytes < 1024 ? fmt::format("{} bytes", bytes) : fmt::format("{} KiB", (bytes + 512) / 1024); }

std::string count_words(int count, std::string_view one, std::string_view many) { return fmt::format("{} {}", count, count == 1 ? one : many); }

// How often a document that came out longer than planned is planned again.
constexpr int most_corrections = 2;

constexpr std::string_view own_advice = "this template is not of cvgen: `cvgen check-template` tries out all of it";

// What \photo may name in a .tex that is to be compiled by hand.
bool is_tex_file_name(std::string_view name) {
  return name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/") == std::string_view::npos;
}

// A document on its way: each step leaves for the next what it found, and says whether to go on.
class Compilation {
 public:
  Compilation(const Input& input, const model::Variant& variant, const Target& target, const CompileOptions& options, const Templates& templates,
              const diag::Sources& sources, diag::Sink& sink)
      : input_(input),
        variant_(variant),
        target_(target),
        options_(options),
        sources_(sources),
        sink_(sink),
        start_(io::now()),
        loaded_(load(input, variant, options.engine, sources, sink, {}, Keep::all, options.letter)) {
    result_.paths = {target.path};
    result_.files = files_of(sources, input.name);
    if (loaded_.cv.letter && options.letter_date) loaded_.cv.letter->date.to = options.letter_date;
    look_ = choose_look(loaded_.cv, templates, options.template_name, options.settings, sink);
    if (look_ && loaded_.cv.letter) check::letter_frame(look_->look, sink);
    find_photo();
  }

  Compiled compile() && {
    refuse_target();
    if (!look_ || stopped() || !prepare() || is_up_to_date() || !fit() || !typeset()) return std::move(result_);
    tell_fit();
    if (!options_.dry_run) deliver();
    if (product_) result_.remains = product_->remains;
    return std::move(result_);
  }

 private:
  bool stopped() const { return !input_.sound || options_.stop.stop_requested() || sink_.has_errors() || (options_.strict && sink_.warning_count() > 0); }
  // A letter's length is its own; the budget of a variant is the CV's.
  std::optional<int> pages() const { return options_.pages || options_.letter ? options_.pages : variant_.pages; }
  bool is_fitted() const { return pages() || options_.fill || options_.dry_run; }
  bool is_remembered() const {
    return options_.cache != nullptr && target_.format == Format::pdf && target_.path != "-" && !options_.dry_run && !options_.report_json;
  }

  void find_photo() {
    photo_ = load_photo(loaded_, look_ && is_pdfa(*look_), sources_, sink_);
    if (loaded_.cv.person.photo.empty()) return;
    const auto path = photo_path(loaded_, sources_);
    result_.files.push_back({path, photo_ ? std::optional(fingerprint(photo_->bytes)) : fingerprint_of(path)});
  }

  void refuse_target() {
    const auto refuse = [&](std::string_view what) {
      sink_.add(diag::nowhere(diag::Code::E0802, fmt::format("`{}` can't be written: it is {}", target_.path, what)).helps("name another file with `-o`"));
    };
    const auto there = target_.path == "-" ? io::Failure{} : io::canonical_path(target_.path);
    for (const auto& path : there ? paths_of(sources_, input_.name) : std::vector<std::string>()) {
      if (const auto real = io::canonical_path(path); real && *real == *there) refuse(path == input_.name ? "the CV itself" : "a part of this CV");
    }
    if (photo_ && there && *there == photo_->path) refuse("the photo of this CV");
    const auto& photo = loaded_.cv.person.photo;
    if (photo_ && target_.format == Format::tex && !is_tex_file_name(photo.value)) {
      sink_.add(diag::at(photo.span, diag::Code::E0403, "LaTeX can't name this photo").helps("rename it to letters, digits, `-`, `_` and `.`"));
    }
    if (target_.format == Format::png && !options_.dry_run && !stopped()) (void)typeset::can_raster(sink_);  // before TeX takes its time
  }

  bool prepare() {
    result_.details = fmt::format("{}: variant {}, {}, template {}", input_.name, variant_.name.empty() ? "(none)" : variant_.name.value,
                                  count_words(static_cast<int>(loaded_.cv.sections.size()), "section", "sections"), look_->look.name);
    engine_ = choose_engine(loaded_.cv, *look_, options_.engine, target_.format != Format::tex || is_fitted(), sources_, sink_);
    if (!engine_) return false;
    if (photo_) assets_.push_back({photo_->name, photo_->bytes});
    subject_.emplace(Subject{loaded_, *look_, *engine_, assets_, photo_name(Format::pdf), name(), options_.cache, options_.ahead});
    document_ = document(loaded_.cv, look_->settings, target_.format);
    return true;
  }

  // What is compiled by hand names the file of the user.
  std::string photo_name(Format format) const { return !photo_ ? "" : format == Format::tex ? loaded_.cv.person.photo.value : photo_->name; }

  // Nobody should wait for what is there.
  bool is_up_to_date() {
    if (!is_remembered()) return false;
    const auto fitted = FittedInputs{sources_, *look_, pages(), options_.fill, options_.among_others};
    inputs_ = digest_of_inputs(fmt::format("{}\n{}", input_.name, variant_.name.value), document_.text, assets_, is_fitted() ? &fitted : nullptr);
    if (options_.force || options_.check) return false;
    const auto rendered = find_rendered(*options_.cache, target_.path, inputs_);
    if (!rendered) return false;
    result_.written = true;
    result_.fit = rendered->fit;
    result_.fit_details = rendered->fit_details;
    result_.summary = fmt::format("{} is up to date ({})", target_.path, rendered->what);
    return true;
  }

  bool fit() {
    if (!is_fitted()) return true;
    fitter_.emplace(*subject_, input_.document.root, sources_);
    if (!options_.dry_run && target_.format != Format::tex) make_guess();
    fitting_ = fitter_->fit({pages(), options_.fill, options_.stop}, sink_);
    runs_ = fitter_->tex_runs();
    return fitting_ && !stopped();
  }

  std::string name_of_budget() const { return fmt::format("{}\n{}\n{}", subject_->name, pages().value_or(0), options_.fill); }

  void make_guess() {
    if (!subject_->is_remembered()) return;
    const auto last = find_fitted(*options_.cache, name_of_budget());
    const auto dropped = last ? fitter_->without(last->kept) : std::nullopt;
    if (!dropped) return;
    auto settings = look_->settings;
    for (const auto& [setting, value] : last->changed) settings[setting] = value;
    auto guessed = std::make_unique<const latex::Document>(document(cv_without(*dropped), settings, Format::pdf));
    auto job = this->job(*guessed);
    job.earlier = last->left;
    guess_.emplace(std::move(guessed), std::move(job));
  }

  void keep_fitted() const {
    if (!fitting_ || !subject_->is_remembered()) return;
    Fitted fitted{fitting_->kept, {}, product_->left};
    for (const auto& change : fitting_->changed) fitted.changed[change.setting] = change.to;
    cli::keep_fitted(*options_.cache, name_of_budget(), fitted);
  }

  // Its faults were reported when all of it was loaded.
  model::Cv cv_without(const std::set<diag::Span>& dropped) const {
    diag::Sink ignored;
    return load(input_, variant_, options_.engine, sources_, ignored, dropped).cv;
  }

  model::Cv shown_cv() const { return fitting_ ? cv_without(fitting_->dropped) : loaded_.cv; }

  latex::Document document(const model::Cv& cv, const model::ResolvedSettings& settings, Format format) const {
    return latex::document(cv, look_->look, settings, photo_name(format), engine_->document_fonts());
  }

  latex::Document fitted_document(Format format) const { return document(shown_cv(), fitting_->settings, format); }

  // By which it is known when it is rendered again; empty: it never will be.
  std::string name() const {
    const auto path = io::canonical_path(input_.name);
    return path ? fmt::format("{}\n{}\n{}\n{}", *path, variant_.name.value, options_.letter.value_or(""), look_->look.name) : "";
  }

  typeset::Job job(const latex::Document& document) const {
    auto job = subject_->job(document);
    if (look_->look.is_own()) job.advice = own_advice;
    job.most_pages = pages().value_or(0);
    job.stop = options_.stop;
    job.failures_kept = options_.failures_kept;
    if (fitting_) {
      job.earlier = fitter_->earlier_files(*fitting_);
      job.most_passes = 2;  // should those files be others after all
    }
    return job;
  }

  void warn_of_lua() {
    if (!look_->look.is_own() || !engine_->fonts || typeset::is_sandbox_off() || io::available_confinement().files) return;
    sink_.add(diag::nowhere(diag::Code::W0601, fmt::format("Lua in the template `{}` could read and write your files", look_->look.name))
                  .helps("use it only if you trust who wrote it; `--engine pdflatex` has no Lua"));
  }

  bool typeset() {
    // A document that only comes out as LaTeX is run as well where it must prove that it fits.
    const bool proof = fitting_ && pages() && target_.format == Format::tex;
    if (options_.dry_run || (target_.format == Format::tex && !proof)) return true;
    warn_of_lua();
    for (int corrections = 0;; ++corrections) {
      if (fitting_) document_ = fitted_document(Format::pdf);
      product_ = guess_ ? guess_->product(document_.text, pages().value_or(INT_MAX), sink_) : std::nullopt;
      guess_.reset();
      if (!product_) product_ = typeset::run(job(document_), sink_);
      if (!product_ || stopped()) return false;
      runs_ += product_->passes;
      if (!pages() || product_->pages <= *pages()) return keep_fitted(), true;
      // Longer than planned: once more, with less room.
      if (corrections == most_corrections) {
        sink_.add(diag::nowhere(diag::Code::E0506, fmt::format("the document has {} pages instead of {}", product_->pages, *pages()))
                      .helps("please report this with the CV; other weights or more pages may help meanwhile"));
        return false;
      }
      fitting_ = fitter_->correct(product_->pages - *pages(), sink_);
      if (!fitting_) return false;
    }
  }

  void tell_fit() {
    if (!fitting_) return;
    const auto& own = variant_.name.value;
    const auto name = own.empty() ? input_.name : options_.among_others ? fmt::format("{}, {}", input_.name, own) : own;
    result_.fit = options_.report_json ? fit_json(input_.name, own, *fitting_, runs_) : fit_words(name, *fitting_, false);
    result_.fit_details = options_.report_json ? result_.fit : fit_words(name, *fitting_, true);
  }

  void deliver() {
    if (target_.format == Format::tex) return deliver_tex();
    const auto from_cache = product_->closed ? ", preamble and files from the cache" : !product_->format.empty() ? ", preamble from the cache" : "";
    result_.details += fmt::format("\n{}: {}, {}, {:.2f} s{}", input_.name, engine_->fonts ? "lualatex" : "pdflatex", count_words(product_->passes, "pass", "passes"), product_->seconds, from_cache);
    target_.format == Format::pdf ? deliver_pdf() : deliver_pictures();
  }

  std::string destination() const { return target_.path == "-" ? "to standard output" : target_.path; }

  std::string what(std::size_t size) const {
    return fmt::format("{}{}, {}", variant_.name.empty() ? "" : fmt::format("variant {}, ", variant_.name.value), count_words(product_->pages, "page", "pages"), size_words(size));
  }

  std::string wrote(const std::string& where, std::size_t size) const { return fmt::format("wrote {} ({}, {:.2f} s)", where, what(size), io::now() - start_); }

  void deliver_tex() {
    if (fitting_) document_ = fitted_document(Format::tex);
    result_.written = write_product(target_, document_.text, sink_);
    result_.summary = fmt::format("wrote {} ({})", destination(), size_words(document_.text.size()));
  }

  void deliver_pdf() {
    const auto& pdf = product_->pdf;
    result_.written = write_product(target_, pdf, sink_);
    result_.summary = wrote(destination(), pdf.size());
    if (!result_.written) return;
    if (is_remembered()) remember_rendered(*options_.cache, target_.path, inputs_, *product_, {what(pdf.size()), result_.fit, result_.fit_details});
    if (options_.check) result_.checked = proofread_bytes(shown_cv(), pdf, target_.path == "-" ? "the PDF" : target_.path, sources_, sink_).value_or("");
  }

  void deliver_pictures() {
    const auto drawn = typeset::raster(product_->pdf, options_.dpi, options_.stop, sink_);
    if (!drawn || stopped()) return;
    std::vector<std::string> untouchable;
    if (const auto cv = io::canonical_path(input_.name)) untouchable.push_back(*cv);
    if (photo_) untouchable.push_back(photo_->path);
    const auto pictures = write_pictures(target_, *drawn, untouchable, sink_);
    if (!pictures) return;
    result_.paths = pictures->paths;
    const auto size = std::accumulate(drawn->begin(), drawn->end(), std::size_t{0}, [](std::size_t sum, const std::string& page) { return sum + page.size(); });
    result_.written = true;
    result_.summary = wrote(pictures->names, size);
    if (!pictures->remains.empty()) result_.summary += fmt::format("; {} was there before and is left as it was", pictures->remains);
  }

  const Input& input_;
  const model::Variant& variant_;
  const Target& target_;
  const CompileOptions& options_;
  const diag::Sources& sources_;
  diag::Sink& sink_;
  double start_;
  Compiled result_;
  Loaded loaded_;
  std::optional<Look> look_;
  std::optional<Photo> photo_;
  std::optional<Engine> engine_;
  std::vector<typeset::Asset> assets_;
  latex::Document document_;  // all of it at first, then as it is fitted
  std::string inputs_;        // the digest of what it depends on
  std::optional<Subject> subject_;
  std::optional<Fitter> fitter_;
  std::optional<Guess> guess_;
  std::optional<Fitting> fitting_;
  std::optional<typeset::Product> product_;
  int runs_ = 0;  // of TeX
};

}  // namespace

Compiled compile(const Input& input, const model::Variant& variant, const Target& target, const CompileOptions& options,
                 const Templates& templates, const diag::Sources& sources, diag::Sink& sink) {
  return Compilation(input, variant, target, options, templates, sources, sink).compile();
}

}  // namespace cvgen::cli
