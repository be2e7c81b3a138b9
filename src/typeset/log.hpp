// What a TeX log says, as plain values. The log must come from a run with -file-line-error and max_print_line=1000.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cvgen::typeset {

struct TexError {
  enum class Kind {
    other,
    unknown_command,    // subject: "\foo"
    missing_file,       // subject: "moderncv.cls"
    missing_font,       // subject: "ec-lmr10"
    missing_character,  // subject: the character's byte; only with \tracinglostchars=3
    capacity,           // subject: "main memory size=5000000"
    emergency_stop,
  };
  Kind kind = Kind::other;
  std::string file;     // "./cv.tex"; empty: not said
  int line = 0;         // from 1; 0: not said
  std::string message;  // TeX's words on one line: "Undefined control sequence."
  std::string subject;
  std::string context;  // the line of the file as TeX shows it, empty if it doesn't
};

struct OverfullLine {
  double points = 0;  // of TeX, 72.27 to the inch
  int first = 0;      // lines of the TeX file, from 1; 0: in a header or footer
  int last = 0;
  std::string text;  // of the line, with font switches and such between
};

struct MissingCharacter {
  std::string character;  // one byte, as the font has it
  std::string font;       // "ec-lmr10"
};

struct Log {
  std::string latex;  // its release: "2022-11-01"; empty: not said
  std::vector<TexError> errors;
  std::vector<OverfullLine> overfull;
  std::vector<MissingCharacter> missing_characters;
  int pages = 0;             // of the PDF that was written; 0: none was
  bool wants_rerun = false;  // some package asks for another pass
};

Log read_log(std::string_view text);

}  // namespace cvgen::typeset
