#include "write/latex/fonts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace cvgen::latex {
namespace {

// Of Arabic, the shapes that fonts choose by what stands near (calt) and the gaps of pairs (kern) read as blanks and strokes
// between letters; HarfBuzz leaves some of its letters without a character.
std::string_view shaping(std::string_view tag) { return tag == "arab" ? "mode=node;-kern;-calt;" : "mode=harf;"; }

std::string loaded(const Face& face, std::string_view tag, std::string_view features) {
  return fmt::format("[{}]({}):{}{}{}", face.file, face.index, shaping(tag), tag.empty() ? "" : fmt::format("script={};", tag), features);
}

// A bold font that is not there is made from the regular one; slanting would disfigure most scripts.
std::string declaration(const ScriptFont& font, std::string_view kind, const Family& family) {
  const auto tag = font.script->tag;
  const auto bold = family.bold ? loaded(*family.bold, tag, "") : loaded(family.regular, tag, "embolden=2;");
  const auto italic = loaded(family.italic.value_or(family.regular), tag, "");
  const auto bold_italic = family.bold_italic ? loaded(*family.bold_italic, tag, "") : bold;
  return fmt::format("\\cvscriptfont{}{{{}}}{{{}}}\n  {{{}}}\n  {{{}}}\n  {{{}}}\n  {{{}}}\n", font.is_kin ? "[\\cvtypefacescale]" : "", font.name, kind, loaded(family.regular, tag, ""), bold, italic, bold_italic);
}

// For the direction of the page.
std::string_view main_locale(model::Language language) {
  if (language == model::Language::he) return "hebrew";
  if (language == model::Language::ar) return "arabic";
  return "english";
}

}  // namespace

Tex font_declarations(const Fonts& fonts, model::Language language) {
  std::string out;
  const auto any = [&](auto&& test) { return std::any_of(fonts.list.begin(), fonts.list.end(), [&](const ScriptFont& font) { return test(*font.script); }); };
  const bool right_to_left = any([](const Script& script) { return script.right_to_left; });
  if (right_to_left || any([](const Script& script) { return !script.locale.empty(); })) {
    out += fmt::format("\\usepackage[{}provide=*,main={}]{{babel}}\n", right_to_left ? "bidi=basic,layout=lists.tabular," : "", main_locale(language));
    std::set<std::string_view> locales;
    for (const auto& font : fonts.list) {
      if (!font.script->locale.empty() && locales.insert(font.script->locale).second) out += fmt::format("\\babelprovide[import,onchar=ids]{{{}}}\n", font.script->locale);
    }
    // A class that measures text as the document begins does so before babel chooses the language, without which it can't
    // break lines.
    out += fmt::format("\\selectlanguage{{{}}}\n", main_locale(language));
  }
  for (const auto& font : fonts.list) {
    out += declaration(font, "sans", font.sans);
    out += declaration(font, "serif", font.serif.value_or(font.sans));
  }
  return trusted(std::move(out));
}

}  // namespace cvgen::latex
