// What every command needs: how to talk, the files read so far, and what there is to say about them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cli/engine.hpp"
#include "cli/exit.hpp"
#include "cli/options.hpp"
#include "cli/templates.hpp"
#include "diag/diagnostic.hpp"
#include "diag/render/render.hpp"
#include "model/cv.hpp"
#include "model/variant.hpp"
#include "xml/tree.hpp"

namespace cvgen::cli {

struct Session {
  // `new_templates`: the folder of templates need not be there yet.
  explicit Session(const Arguments& arguments, bool new_templates = false);

  diag::Sources sources;
  std::vector<std::uint32_t> parts;           // of the sources: those that CVs consist of
  std::set<std::string> absent;               // files that CVs want to include and can't
  std::map<std::string, std::string> drafts;  // of files to include: texts to be taken instead of what is in them
  Templates templates;
  diag::Sink sink;
  diag::RenderOptions rendering;
  bool quiet = false;
  bool verbose = false;
  bool strict = false;

  // The diagnostics, if any, as they are to be shown.
  std::string report_words() const;
  // Words, of this session or of several, to standard error; SARIF as a whole log.
  void tell(const std::string& words) const;
  void report() const;  // tells the diagnostics
  // The exit code that the diagnostics ask for.
  Exit verdict() const;
  // A line for a person, to standard error; not when quiet.
  void say(const std::string& line) const;
  void say_more(const std::string& line) const;  // only when verbose
};

// Bytes of a CV, with all that it includes.
inline constexpr std::size_t largest_cv = 64U << 20U;

// A file as read, before a variant is chosen.
struct Input {
  std::string name;  // as given; "-": standard input
  bool well_formed;
  bool sound;  // no fault so far that forbids output
  xml::Document document;
  std::vector<model::Variant> variants;  // at least one: a CV that declares none has a nameless one
};

// One variant of it, ready to be written.
struct Loaded {
  std::string name;  // of the file
  model::Variant variant;
  model::Cv cv;
};

// Reads and validates one CV, with the files that it includes. Nothing if there is no tree to work on; faults go into the session's sink.
std::optional<Input> open(const std::string& name, Session& session);
// The same in two steps: the bytes of the file, and what they hold.
std::optional<std::string> read_cv(const std::string& name, diag::Sink& sink);
std::optional<Input> open(const std::string& name, std::string text, Session& session);

enum class Keep { all, frame };

// The CV as a variant shows it, without units that a page budget leaves out (see select/units.hpp), checked. Faults go into
// `sink`. Of a CV that is only checked no more than what stands before the sections need be kept; its letters are checked
// as well. Else they are left out, or a letter that is named stands in place of the sections (E0507 if it isn't there).
Loaded load(const Input& input, const model::Variant& variant, EngineChoice engine, const diag::Sources& sources, diag::Sink& sink,
            const std::set<diag::Span>& dropped = {}, Keep keep = Keep::all,
            const std::optional<std::string>& letter = {});

// Of cvgen or the user. Throws UsageError if there is none, Refused if it has faults, which are reported then.
model::Template template_named(const std::string& name, Session& session);

// To standard output, all of it.
void print(const std::string& text);

}  // namespace cvgen::cli
