// Which TeX sets a document, and in which fonts of the system.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/look.hpp"
#include "cli/options.hpp"
#include "diag/diagnostic.hpp"
#include "model/cv.hpp"
#include "typeset/pdflatex.hpp"
#include "write/latex/fonts.hpp"

namespace cvgen::cli {

enum class EngineChoice { automatic, pdflatex, lualatex };

// What --engine says; throws UsageError.
EngineChoice engine_choice(const Arguments& arguments);

// Reports what the engine can't set in any font (E0310).
void check_characters(const model::Cv& cv, EngineChoice choice, const diag::Sources& sources, diag::Sink& sink);

// "a font with Hebrew letters"
std::string font_for(const latex::Script& script);

struct Engine {
  std::optional<latex::Fonts> fonts;      // of lualatex; nothing: pdflatex
  std::vector<std::string> font_folders;  // that hold them

  const latex::Fonts* document_fonts() const { return fonts ? &*fonts : nullptr; }
  // To a job that is complete otherwise.
  void apply_to(typeset::Job& job) const;
};

// pdflatex unless the document needs more. Looks for the fonts of scripts, and with `runs` for lualatex itself and the fonts
// that the settings name; E0710 says what to install.
std::optional<Engine> choose_engine(const model::Cv& cv, const Look& look, EngineChoice choice, bool runs, const diag::Sources& sources, diag::Sink& sink);

}  // namespace cvgen::cli
