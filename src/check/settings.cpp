#include "check/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>

#include "text/similar.hpp"

namespace cvgen::check {
namespace {

using diag::Code;
using model::SettingRule;
using model::SettingType;

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_hex_color(std::string_view text) {
  return text.size() == 6 && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

std::string upper(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c; });
  return result;
}

// The size of a value as resolved, to compare it with others of the setting.
std::optional<double> size_of(const SettingRule& rule, const std::string& text) {
  if (rule.type == SettingType::length || rule.type == SettingType::number) return check::size_of(rule.type, text);
  const auto found = std::find_if(rule.values.begin(), rule.values.end(), [&](const model::SettingValue& v) { return v.tex == text; });
  return found == rule.values.end() ? std::nullopt : std::optional(static_cast<double>(found - rule.values.begin()));
}

// From the command line there is no place to show.
diag::Diagnostic complain(const model::Located& where, Code code, std::string message) {
  return where.span == diag::Span{} ? diag::nowhere(code, std::move(message)) : diag::at(where.span, code, std::move(message));
}

// Names are the template's own affair. Reports what is too light; false: so light that text in it would be lost.
bool is_legible(const model::Located& color, diag::Sink& sink) {
  if (!is_hex_color(color.value)) return true;
  constexpr double visible = 1.2, readable = 4.5;  // WCAG 2.2, success criterion 1.4.3, level AA, asks for the latter
  const auto contrast = contrast_on_white(color.value);
  if (contrast >= readable) return true;
  const bool lost = contrast < visible;
  auto diagnostic = complain(color, lost ? Code::E0603 : Code::W0602,
                             fmt::format("the colour `{}` is {} on white paper: its contrast is {:.1f}:1", color.value, lost ? "invisible" : "hard to read", std::floor(contrast * 10) / 10));
  sink.add(std::move(diagnostic).helps(fmt::format("take a darker one: text is readable from {}:1 on (WCAG 2.2)", readable)));
  return !lost;
}

}  // namespace

double contrast_on_white(std::string_view color) {
  // Relative luminance and contrast ratio, as WCAG 2.2 defines them.
  const auto linear = [&](std::size_t at) {
    unsigned byte = 0;
    std::from_chars(color.data() + at, color.data() + at + 2, byte, 16);
    const double value = byte / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return 1.05 / (0.2126 * linear(0) + 0.7152 * linear(2) + 0.0722 * linear(4) + 0.05);
}

std::optional<double> size_of(SettingType type, std::string_view value) { return type == SettingType::length ? model::points(value) : number(value); }

std::optional<std::string> resolve(const SettingRule& rule, const std::string& value) {
  for (const auto& known : rule.values) {
    if (known.name.value == value) return known.tex;
  }
  switch (rule.type) {
    case SettingType::color:
      if (is_hex_color(value)) return upper(value);
      return std::nullopt;
    case SettingType::length:
    case SettingType::number: {
      const auto size = size_of(rule.type, value), least = size_of(rule.type, rule.min.value), most = size_of(rule.type, rule.max.value);
      if (!size || !least || !most || *size < *least || *size > *most) return std::nullopt;
      return value;
    }
    case SettingType::set: {
      std::istringstream words(value);
      std::string result;
      for (std::string word; words >> word;) {
        const auto known = std::find_if(rule.values.begin(), rule.values.end(), [&](const model::SettingValue& v) { return v.name.value == word; });
        if (known == rule.values.end()) return std::nullopt;
        result += (result.empty() ? "" : " ") + known->tex;
      }
      return result.empty() ? std::nullopt : std::optional(result);
    }
    case SettingType::choice:
    case SettingType::flag: return std::nullopt;
  }
  return std::nullopt;
}

std::string allowed(const SettingRule& rule) {
  std::string names;
  for (const auto& value : rule.values) {
    const bool last = &value == &rule.values.back() && rule.type != SettingType::color;
    names += fmt::format("{}`{}`", names.empty() ? "" : last ? " or " : ", ", value.name.value);
  }
  switch (rule.type) {
    case SettingType::color: return fmt::format("it takes {} or six hexadecimal digits without `#`, such as `1A5276`", names);
    case SettingType::length: return fmt::format("it takes a length from {} to {}, in pt, mm, cm, in, em or ex", rule.min.value, rule.max.value);
    case SettingType::number: return fmt::format("it takes a number from {} to {}", rule.min.value, rule.max.value);
    case SettingType::set: return fmt::format("it takes any of {}, with blanks between", names);
    case SettingType::choice:
    case SettingType::flag: return fmt::format("it takes {}", names);
  }
  return {};
}

model::ResolvedSettings settings(const model::Template& look, const std::vector<model::Setting>& given, diag::Sink& sink) {
  model::ResolvedSettings result;
  std::vector<std::string> names;
  for (const auto& rule : look.settings) {
    result[rule.name.value] = *resolve(rule, rule.default_value.value);
    names.push_back(rule.name.value);
  }
  for (const auto& [name, value, tightest] : given) {
    const auto* rule = look.setting(name.value);
    if (rule == nullptr) {
      auto diagnostic = complain(name, Code::E0602, fmt::format("the template `{}` has no setting `{}`", look.name, name.value));
      sink.add(std::move(diagnostic).helps(text::similar_or("setting", name.value, names, fmt::format("`cvgen list settings {}` shows them", look.name))));
      continue;
    }
    if (auto text = resolve(*rule, value.value)) {
      if (rule->type != SettingType::color || is_legible(value, sink)) result[rule->name.value] = std::move(*text);
      continue;
    }
    auto diagnostic = complain(value, Code::E0603, fmt::format("`{}` is not a value of the setting `{}`", value.value, rule->name.value));
    std::vector<std::string> values;
    for (const auto& known : rule->values) values.push_back(known.name.value);
    if (const auto near = text::nearest(value.value, values)) diagnostic.help.push_back(fmt::format("a similar value exists: `{}`", *near));
    diagnostic.help.push_back(allowed(*rule));
    sink.add(std::move(diagnostic));
  }
  return result;
}

Bounds bounds(const model::Template& look, const std::vector<model::Setting>& given, const model::ResolvedSettings& resolved, diag::Sink& sink) {
  Bounds result;
  const auto take = [&](const SettingRule& rule, const std::string& value, int direction, model::ResolvedSettings& into) {
    const auto text = resolve(rule, value);
    if (!text) return false;
    const auto base = size_of(rule, resolved.find(rule.name.value)->second), bound = size_of(rule, *text);
    into.erase(rule.name.value);
    if (base && bound && (*bound - *base) * direction > 0) into[rule.name.value] = *text;
    return true;
  };
  for (const auto& rule : look.settings) {
    if (!rule.tight.empty()) take(rule, rule.tight.value, -1, result.tight);
    if (!rule.loose.empty()) take(rule, rule.loose.value, 1, result.loose);
  }
  for (const auto& setting : given) {
    const auto* rule = look.setting(setting.name.value);
    if (rule == nullptr || setting.tightest.empty()) continue;
    if (rule->tight.empty()) {
      sink.add(complain(setting.tightest, Code::E0603, fmt::format("the setting `{}` is not one that a page budget tightens", rule->name.value)).helps("delete `tightest`"));
    } else if (!take(*rule, setting.tightest.value, -1, result.tight)) {
      sink.add(complain(setting.tightest, Code::E0603, fmt::format("`{}` is not a value of the setting `{}`", setting.tightest.value, rule->name.value)).helps(allowed(*rule)));
    }
  }
  return result;
}

}  // namespace cvgen::check
