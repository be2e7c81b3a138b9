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
#include "typeset/installation.hpp"
#include "typeset/packages.hpp"
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

// A setting with named values, and the one that was chosen.
struct Chosen {
  const model::SettingRule* rule;
  const model::SettingValue* value;
};

std::vector<Chosen> chosen_values(const Look& look) {
  std::vector<Chosen> result;
  for (const auto& rule : look.look.settings) {
    for (const auto& value : rule.values) {
      if (value.tex == look.settings.find(rule.name.value)->second) result.push_back({&rule, &value});
    }
  }
  return result;
}

// Picks families, and remembers what is missing.
class Chooser {
 public:
  Chooser(Engine& engine, const Look& look) : engine_(engine) {
    for (const auto& chosen : chosen_values(look)) {
      if (!chosen.value->kin.empty()) kin_.push_back(chosen.value->kin);
    }
  }

  void choose(const latex::Script& script, std::set<char32_t> characters) {
    int number = 1;
    auto preferred = kin_;
    preferred.insert(preferred.end(), script.sans.begin(), script.sans.end());
    while (!characters.empty() && !no_fontconfig) {
      const auto c = *characters.begin();
      const auto sans = typeset::families_with(c, preferred);
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
    const bool is_kin = std::find(kin_.begin(), kin_.end(), chosen.name) != kin_.end();
    latex::ScriptFont font{number == 1 ? std::string(script.name) : fmt::format("{}-{}", script.name, number), &script, is_kin, use(chosen), std::nullopt};
    for (const auto& name : is_kin ? std::vector<std::string>() : script.serif) {
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
  std::vector<std::string> kin_;
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

// The typefaces chosen that lualatex does not find.
std::vector<Chosen> missing_typefaces(const Look& look) {
  auto result = chosen_values(look);
  std::erase_if(result, [](const Chosen& one) { return one.value->font.empty(); });
  if (result.empty()) return result;
  const auto lualatex = io::find_on_path("lualatex");
  const auto kpsewhich = typeset::find_kpsewhich(lualatex.value_or("lualatex"));
  if (!kpsewhich) return lualatex ? std::vector<Chosen>() : result;
  std::vector<std::string> names;
  for (const auto& one : result) names.push_back(one.value->font);
  const auto found = typeset::find_files(*kpsewhich, names);
  std::erase_if(result, [&](const Chosen& one) { return found.contains(one.value->font); });
  return result;
}

// The values of the same setting that need no font file.
std::string another_than(const Chosen& missing) {
  std::vector<std::string> names;
  for (const auto& value : missing.rule->values) {
    if (value.font.empty()) names.push_back(fmt::format("`--set {}={}`", missing.rule->name.value, value.name.value));
  }
  return names.empty() ? "" : fmt::format("{} needs no such font", fmt::join(names, " or "));
}

diag::Diagnostic to_install(const model::Cv& cv, const Chooser& chooser, bool no_lualatex, const std::vector<Chosen>& typefaces, const diag::Sources& sources,
                            const latex::Wanted& wanted) {
  std::vector<std::string> what;
  std::vector<std::string_view> packages;
  const auto add = [&](std::string thing, std::string_view package) {
    what.push_back(std::move(thing));
    if (!package.empty() && std::find(packages.begin(), packages.end(), package) == packages.end()) packages.push_back(package);
  };
  if (no_lualatex) add("lualatex", "texlive-luatex");
  if (chooser.no_fontconfig) add("fc-list", "fontconfig");
  for (const auto& script : latex::scripts()) {
    if (const auto found = chooser.missing.find(&script); found != chooser.missing.end()) add(missing_font(script, found->second), script.package);
  }
  for (const auto& one : typefaces) add(fmt::format("`{}` for `{}={}`", one.value->font, one.rule->name.value, one.value->name.value), typeset::debian_package(one.value->font));
  const auto& first = chooser.missing.empty() ? wanted : chooser.missing;
  const auto place = place_of(cv, sources, [&](char32_t c) { return std::any_of(first.begin(), first.end(), [&](const auto& one) { return one.second.contains(c); }); });
  const auto last = what.back();
  what.pop_back();
  auto message = what.empty() ? fmt::format("this needs {}, which is not installed", last) : fmt::format("this needs {} and {}, which are not installed", fmt::join(what, ", "), last);
  auto result = place ? diag::at(place->span, diag::Code::E0710, std::move(message)) : diag::nowhere(diag::Code::E0710, std::move(message));
  if (!packages.empty()) result.help.push_back(fmt::format("on Debian and Ubuntu: `sudo apt-get install --no-install-recommends {}`", fmt::join(packages, " ")));
  if (!typefaces.empty()) {
    if (auto other = another_than(typefaces.front()); !other.empty()) result.help.push_back(std::move(other));
  }
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

std::optional<Engine> choose_engine(const model::Cv& cv, const Look& look, EngineChoice choice, bool runs, const diag::Sources& sources, diag::Sink& sink) {
  Engine engine;
  if (choice == EngineChoice::pdflatex || (choice == EngineChoice::automatic && !needs_lualatex(cv))) return engine;
  engine.fonts.emplace();
  Chooser chooser(engine, look);
  const auto wanted = latex::wanted_fonts(cv, look.settings);
  for (const auto& script : latex::scripts()) {
    if (const auto found = wanted.find(&script); found != wanted.end()) chooser.choose(script, found->second);
  }
  const bool no_lualatex = runs && !io::find_on_path("lualatex");
  const auto typefaces = runs ? missing_typefaces(look) : std::vector<Chosen>();
  if (!chooser.missing.empty() || no_lualatex || !typefaces.empty()) {
    sink.add(to_install(cv, chooser, no_lualatex, typefaces, sources, wanted));
    return std::nullopt;
  }
  return engine;
}

}  // namespace cvgen::cli
