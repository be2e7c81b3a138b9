// A template: a look, declared by data. latex-templates/NAME/ holds template.xml (this) and preamble.tex (its frame).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/text.hpp"

namespace cvgen::model {

enum class SettingType { choice, color, length, number, flag, set };

struct SettingValue {
  Located name;
  std::string tex;   // what is put into the frame
  std::string font;  // a file that lualatex needs for it; may be empty
  std::string kin;   // a family to prefer for other scripts; may be empty
};

struct SettingRule {
  Located name;
  SettingType type = SettingType::choice;
  std::string documentation;
  Located default_value;
  std::vector<SettingValue> values;  // choice and set; colour names; for a flag `yes` and `no`
  Located min, max;                  // length and number, as written: "1cm", "0.5"
  Located tight, loose;              // how far fitting to pages may take it; empty: it may not
};

struct FrameLine {
  std::string text;
  diag::Span span;  // in preamble.tex or a part; empty: it is of the program
};

struct Template {
  std::string name;
  std::string summary;
  std::vector<SettingRule> settings;
  std::vector<std::string> required_files;  // of the TeX installation: "moderncv.cls"
  std::vector<FrameLine> frame;             // the document with <<placeholders>>

  // Somebody's own, not a part of the program.
  bool is_own() const { return !frame.empty() && frame.front().span != diag::Span{}; }
  const SettingRule* setting(std::string_view wanted) const;
};

// Setting name -> the text for its placeholder; every setting of the template has one.
using ResolvedSettings = std::map<std::string, std::string, std::less<>>;

// A TeX length such as 2cm, in points; nothing if it isn't one. Units pt mm cm in em ex (em and ex counted as 10pt and
// 4.3pt, good enough for bounds).
std::optional<double> points(std::string_view length);

}  // namespace cvgen::model
