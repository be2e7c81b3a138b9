#include "check/template.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "check/settings.hpp"
#include "text/similar.hpp"

namespace cvgen::check {
namespace {

using diag::Code;
using model::Located;
using model::SettingRule;
using model::SettingType;

// Lines that cvgen fills or looks for, and why.
struct Needed {
  std::string_view line, purpose;
};
constexpr Needed needed[] = {
    {"<<requirements>>", "the packages that characters of the CV need"},
    {"<<characters>>", "the characters that LaTeX does not know by itself"},
    {"<<head>>", "name, headline, contacts and photo"},
    {"<<metadata>>", "title, author and language of the PDF"},
    {"<<document>>", "what comes before it is the same for everybody"},
    {"\\begin{document}", "the page budget puts its marks before it"},
    {"\\makecvtitle", "the head is printed there"},
    {"<<body>>", "the sections"},
};
constexpr std::string_view reserved[] = {"document", "if", "else", "end", "part"};

class Declaration {
 public:
  Declaration(const SettingRule& rule, diag::Sink& sink) : rule_(rule), sink_(sink) {}

  void check() {
    if (std::find(std::begin(reserved), std::end(reserved), rule_.name.value) != std::end(reserved)) complain(rule_.name, "the placeholder `<<{}>>` has a meaning of its own", "choose another name");
    values();
    if (!measure()) return;
    is_value(rule_.default_value, "default");
    is_value(rule_.tight, "tight");
    is_value(rule_.loose, "loose");
  }

 private:
  void complain(const Located& where, std::string_view message, std::string help) {
    sink_.add(diag::at(where.span, Code::E0605, fmt::format(fmt::runtime(message), where.value)).helps(std::move(help)));
  }

  void values() {
    std::set<std::string> names;
    for (const auto& value : rule_.values) {
      if (!names.insert(value.name.value).second) complain(value.name, "the value `{}` is given twice", "keep one of the two");
    }
    if ((rule_.type == SettingType::choice || rule_.type == SettingType::set) && names.empty()) complain(rule_.name, "the setting `{}` has no values to choose from", "add `<value name=\"...\"/>`");
  }

  // Bounds that make sense; only then can values be compared with them.
  bool measure() {
    if (rule_.type != SettingType::length && rule_.type != SettingType::number) return true;
    const auto size = [&](const Located& bound, std::string_view name) {
      const auto found = size_of(rule_.type, bound.value);
      if (bound.empty()) sink_.add(diag::at(rule_.name.span, Code::E0605, fmt::format("the setting `{}` has no `{}`", rule_.name.value, name)).helps("a length or number has readable bounds: add `min` and `max`"));
      else if (!found) complain(bound, rule_.type == SettingType::length ? "`{}` is not a length" : "`{}` is not a number", rule_.type == SettingType::length ? "write it like 1.5cm, in pt, mm, cm, in, em or ex" : "write it like 0.8");
      return found;
    };
    const auto least = size(rule_.min, "min"), most = size(rule_.max, "max");
    if (least && most && *least > *most) complain(rule_.min, "the least value, `{}`, is more than the greatest", "swap `min` and `max`");
    return least && most && *least <= *most;
  }

  void is_value(const Located& value, std::string_view name) {
    if (value.empty() || resolve(rule_, value.value)) return;
    sink_.add(diag::at(value.span, Code::E0605, fmt::format("`{}`, the `{}` of `{}`, is not a value of it", value.value, name, rule_.name.value)).helps(allowed(rule_)));
  }

  const SettingRule& rule_;
  diag::Sink& sink_;
};

class FrameCheck {
 public:
  FrameCheck(const model::Template& look, diag::Sink& sink) : look_(look), sink_(sink) {}

  void run() {
    for (const auto& one : look_.frame) line(one.text, one.span);
    for (const auto& where : open_) complain(where, Code::E0606, "an `<<if>>` without its `<<end>>`", "write `<<end>>` on a line of its own");
    for (const auto& [wanted, purpose] : needed) {
      const bool there = std::any_of(look_.frame.begin(), look_.frame.end(), [line = wanted](const model::FrameLine& l) { return l.text == line; });
      if (!there) complain(look_.frame.empty() ? diag::Span{} : look_.frame.back().span, Code::E0607, fmt::format("preamble.tex has no line `{}`", wanted), fmt::format("add it, alone on its line: {}", purpose));
    }
  }

 private:
  static diag::Span part(diag::Span line, std::size_t begin, std::size_t length) {
    const auto start = line.begin + static_cast<std::uint32_t>(begin);
    return {line.file, start, start + static_cast<std::uint32_t>(length)};
  }

  void complain(diag::Span where, Code code, std::string message, std::string help) { sink_.add(diag::at(where, code, std::move(message)).helps(std::move(help))); }

  void line(std::string_view text, diag::Span where) {
    if (std::any_of(std::begin(needed), std::end(needed), [&](const Needed& n) { return n.line == text; })) return;
    if (text.starts_with("<<if ")) {
      open_.push_back(where);
      condition(text, where);
    } else if (text == "<<else>>" || text == "<<end>>") {
      if (open_.empty()) complain(where, Code::E0606, fmt::format("`{}` without an `<<if>>`", text), "delete it, or write `<<if setting=value>>` before");
      else if (text == "<<end>>") open_.pop_back();
    } else {
      placeholders(text, where);
    }
  }

  void unknown(diag::Span where, std::string_view kind, const std::string& name, const std::vector<std::string>& names) {
    complain(where, Code::E0606, fmt::format("there is no {} `{}`", kind, name), text::similar_or(kind, name, names, fmt::format("there are {}", fmt::join(names, ", "))));
  }

  std::vector<std::string> setting_names() const {
    std::vector<std::string> names;
    for (const auto& rule : look_.settings) names.push_back(rule.name.value);
    return names;
  }

  // "<<if style=classic casual>>"
  void condition(std::string_view text, diag::Span line) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos || !text.ends_with(">>")) return complain(line, Code::E0606, "a condition that can't be read", "write `<<if setting=value value>>`");
    const auto name = std::string(text.substr(5, equals - 5));
    const auto* rule = look_.setting(name);
    std::vector<std::string> names;
    if (rule != nullptr) {
      for (const auto& value : rule->values) names.push_back(value.name.value);
    } else if (name == "engine") {
      names = {"pdflatex", "lualatex"};
    } else {
      return unknown(part(line, 5, name.size()), "setting", name, setting_names());
    }
    for (auto at = equals + 1; at < text.size() - 2;) {
      const auto end = std::min(text.find(' ', at), text.size() - 2);
      const auto word = std::string(text.substr(at, end - at));
      if (!word.empty() && std::find(names.begin(), names.end(), word) == names.end()) unknown(part(line, at, word.size()), "value", word, names);
      at = end + 1;
    }
  }

  void placeholders(std::string_view text, diag::Span line) {
    for (auto open = text.find("<<"); open != std::string_view::npos; open = text.find("<<", open + 2)) {
      const auto close = text.find(">>", open);
      if (close == std::string_view::npos) {
        complain(part(line, open, 2), Code::E0606, "a placeholder that does not end", "write `>>` after the name; for the characters themselves `<{}<`");
        return;
      }
      const auto name = std::string(text.substr(open + 2, close - open - 2));
      if (look_.setting(name) == nullptr) {
        const bool block = std::any_of(std::begin(needed), std::end(needed), [&](const Needed& n) { return n.line == "<<" + name + ">>"; });
        if (block) complain(part(line, open, name.size() + 4), Code::E0606, fmt::format("`<<{}>>` must stand alone on its line", name), "give it a line of its own, without blanks");
        else unknown(part(line, open, name.size() + 4), "placeholder", name, setting_names());
      }
    }
  }

  const model::Template& look_;
  diag::Sink& sink_;
  std::vector<diag::Span> open_;  // <<if>>s
};

}  // namespace

void declaration(const model::Template& look, diag::Sink& sink) {
  std::set<std::string> names;
  for (const auto& rule : look.settings) {
    Declaration(rule, sink).check();
    if (!names.insert(rule.name.value).second) sink.add(diag::at(rule.name.span, Code::E0605, fmt::format("the setting `{}` is declared twice", rule.name.value)).helps("keep one of the two"));
  }
}

void frame(const model::Template& look, diag::Sink& sink) { FrameCheck(look, sink).run(); }

void letter_frame(const model::Template& look, diag::Sink& sink) {
  if (std::any_of(look.frame.begin(), look.frame.end(), [](const model::FrameLine& line) { return line.text.find("{cvletter}") != std::string_view::npos; })) return;
  const auto end = std::find_if(look.frame.begin(), look.frame.end(), [](const model::FrameLine& line) { return line.text == "<<document>>"; });
  sink.add(diag::at(end == look.frame.end() ? diag::Span{} : end->span, Code::E0607, fmt::format("the template `{}` knows no letters", look.name))
               .helps("put the line `<<part letter>>` above this one; a new copy of the template that it was made from (`cvgen init-template`) shows what else there is for letters"));
}

}  // namespace cvgen::check
