#include "cli/engine.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "check/rules.hpp"
#include "cli/exit.hpp"
#include "io/environment.hpp"
#include "model/visit.hpp"
#include "model/words.hpp"
#include "text/unicode.hpp"
#include "typeset/fonts.hpp"
#include "write/latex/characters.hpp"
#include "write/latex/document.hpp"

namespace cvgen::cli {
namespace {

// Something that pdflatex can't print, be it in a word of our own.
bool needs_lualatex(const model::Cv& cv) {
  const auto& words = model::words(cv.language);
  bool found = !latex::unprintable(words.present).empty();
  const auto look_at = [&](std::string_view text) { found = found || !latex::unprintable(text).empty(); };
  model::Visitor visitor;
  visitor.value = [&](const model::Located& value) { look_at(value.value); };
  visitor.text = [&](const model::Text& text) {
    for (const auto& run : text.runs) look_at(run.text);
  };
  model::visit(cv, visitor);
  return found;
}

latex::Face face_of(const typeset::FontFile& file) { return {file.path.substr(file.path.rfind('/') + 1), file.index}; }

latex::Family family_of(const typeset::FontFamily& found) {
  const auto face = [](const std::optional<typeset::FontFile>& file) { return file ? std::optional(face_of(*file)) : std::nullopt; };
  return {face_of(found.regular), face(found.bold), face(found.italic), face(found.bold_italic)};
}

// Picks families, and remembers what is missing.
class Chooser {
 public:
  explicit Chooser(Engine& engine) : engine_(engine) {}

  void choose(const latex::Script& script, std::set<char32_t> characters) {
    int number = 1;
    while (!characters.empty() && !no_fontconfig) {
      const auto c = *characters.begin();
      const auto sans = typeset::families_with(c, script.sans);
      no_fontconfig = !sans;
      if (sans && sans->empty()) {
        missing[&script].insert(c);
        characters.erase(c);
      } else if (sans) {
        take(script, number++, characters, *sans);
      }
    }
    if (no_fontconfig) missing[&script].insert(characters.begin(), characters.end());
  }

  bool no_fontconfig = false;
  latex::Wanted missing;

 private:
  void take(const latex::Script& script, int number, std::set<char32_t>& characters, const std::vector<typeset::FontFamily>& families) {
    const auto covers = [&](const typeset::FontFamily& family) { return std::includes(family.characters.begin(), family.characters.end(), characters.begin(), characters.end()); };
    const auto all = std::find_if(families.begin(), families.end(), covers);
    const auto& chosen = all == families.end() ? families.front() : *all;
    latex::ScriptFont font{number == 1 ? std::string(script.name) : fmt::format("{}-{}", script.name, number), &script, use(chosen), std::nullopt};
    for (const auto& name : script.serif) {
      const auto serif = std::find_if(families.begin(), families.end(), [&](const auto& family) { return family.name == name; });
      if (serif == families.end() || !std::includes(serif->characters.begin(), serif->characters.end(), characters.begin(), characters.end())) continue;
      font.serif = use(*serif);
      break;
    }
    auto& fonts = *engine_.fonts;
    std::erase_if(characters, [&](char32_t c) {
      const bool has = chosen.characters.contains(c);
      if (has) fonts.of[{&script, c}] = fonts.list.size();
      return has;
    });
    fonts.list.push_back(std::move(font));
  }

  latex::Family use(const typeset::FontFamily& family) {
    for (const auto& file : {std::optional(family.regular), family.bold, family.italic, family.bold_italic}) {
      if (!file) continue;
      const auto folder = file->path.substr(0, file->path.rfind('/'));
      auto& folders = engine_.font_folders;
      if (std::find(folders.begin(), folders.end(), folder) == folders.end()) folders.push_back(folder);
    }
    return family_of(family);
  }

  Engine& engine_;
};

// Where the first character that a test finds stands in the file.
std::optional<diag::Label> place_of(const model::Cv& cv, const diag::Sources& sources, const std::function<bool(char32_t)>& is_meant) {
  diag::Sink found;
  const auto find = [&](std::string_view text) {
    std::vector<std::size_t> places;
    text::for_each(text, [&](char32_t c, std::size_t at) {
      if (is_meant(c)) places.push_back(at);
    });
    return places;
  };
  check::printable(cv, sources, find, "", found);
  const auto sorted = found.sorted();
  return sorted.empty() ? std::nullopt : sorted.front().primary;
}

std::string missing_font(const latex::Script& script, const std::set<char32_t>& characters) {
  return script.sample == 0 ? "a font with " + text::describe(*characters.begin()) : font_for(script);
}

diag::Diagnostic to_install(const model::Cv& cv, const Chooser& chooser, bool no_lualatex, const diag::Sources& sources, const latex::Wanted& wanted) {
  std::vector<std::string> what;
  std::vector<std::string_view> packages;
  const auto add = [&](std::string thing, std::string_view package) {
    what.push_back(std::move(thing));
    if (std::find(packages.begin(), packages.end(), package) == packages.end()) packages.push_back(package);
  };
  if (no_lualatex) add("lualatex", "texlive-luatex");
  if (chooser.no_fontconfig) add("fc-list", "fontconfig");
  for (const auto& script : latex::scripts()) {
    if (const auto found = chooser.missing.find(&script); found != chooser.missing.end()) add(missing_font(script, found->second), script.package);
  }
  const auto& first = chooser.missing.empty() ? wanted : chooser.missing;
  const auto place = place_of(cv, sources, [&](char32_t c) { return std::any_of(first.begin(), first.end(), [&](const auto& one) { return one.second.contains(c); }); });
  const auto last = what.back();
  what.pop_back();
  auto message = what.empty() ? fmt::format("this needs {}, which is not installed", last) : fmt::format("this needs {} and {}, which are not installed", fmt::join(what, ", "), last);
  auto result = place ? diag::at(place->span, diag::Code::E0710, std::move(message)) : diag::nowhere(diag::Code::E0710, std::move(message));
  result.help.push_back(fmt::format("on Debian and Ubuntu: `sudo apt-get install --no-install-recommends {}`", fmt::join(packages, " ")));
  result.help.push_back("`cvgen doctor` shows what each script needs, and what is there");
  return result;
}

}  // namespace

std::string font_for(const latex::Script& script) {
  std::string name(script.name);
  if (name == "emoji") return "a font with emoji";
  name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return fmt::format("a font with {} letters", name);
}

EngineChoice engine_choice(const Arguments& arguments) {
  const auto name = arguments.value("engine").value_or("auto");
  if (name == "auto") return EngineChoice::automatic;
  if (name == "pdflatex") return EngineChoice::pdflatex;
  if (name == "lualatex") return EngineChoice::lualatex;
  throw UsageError(fmt::format("`{}` is not a value of `--engine`", name), "it takes `auto`, `pdflatex` or `lualatex`");
}

void check_characters(const model::Cv& cv, EngineChoice choice, const diag::Sources& sources, diag::Sink& sink) {
  const auto unsettable = [&](std::string_view text) { return latex::unsettable(text, cv.language); };
  if (choice == EngineChoice::pdflatex) check::printable(cv, sources, latex::unprintable, "pdflatex sets Latin script, Greek letters and common signs; without `--engine pdflatex` lualatex sets other scripts", sink);
  else check::printable(cv, sources, unsettable, "no font has it; write it another way or leave it out", sink);
}

void Engine::apply_to(typeset::Job& job) const {
  if (!fonts) return;
  job.program = "lualatex";
  job.engine = typeset::Engine::lualatex;
  job.preamble_size = 0;  // it can't be kept as a format: fonts that luaotfload has loaded don't survive
  job.time_limit = std::chrono::minutes(5);  // it may have to look through all fonts of the system, once
  job.font_folders = font_folders;
}

std::optional<Engine> choose_engine(const model::Cv& cv, const model::ResolvedSettings& settings, EngineChoice choice, bool runs,
                                    const diag::Sources& sources, diag::Sink& sink) {
  Engine engine;
  if (choice == EngineChoice::pdflatex || (choice == EngineChoice::automatic && !needs_lualatex(cv))) return engine;
  engine.fonts.emplace();
  Chooser chooser(engine);
  const auto wanted = latex::wanted_fonts(cv, settings);
  for (const auto& script : latex::scripts()) {
    if (const auto found = wanted.find(&script); found != wanted.end()) chooser.choose(script, found->second);
  }
  const bool no_lualatex = runs && !io::find_on_path("lualatex");
  if (!chooser.missing.empty() || no_lualatex) {
    sink.add(to_install(cv, chooser, no_lualatex, sources, wanted));
    return std::nullopt;
  }
  return engine;
}

}  // namespace cvgen::cli
