#include "diag/render/render.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "diag/render/excerpt.hpp"
#include "diag/render/json.hpp"
#include "diag/render/sarif.hpp"
#include "diag/render/words.hpp"

namespace cvgen::diag {
namespace {

struct Style {
  std::string_view bold, error, warning, frame, end;
};
constexpr Style plain = {"", "", "", "", ""};
constexpr Style colored = {"\x1b[1m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;34m", "\x1b[0m"};

std::string words(std::string_view text) { return visible(shortened(text)); }

std::string place(const Diagnostic& d, const Sources& sources, const RenderOptions& options) {
  if (!d.primary) return visible(options.about);
  const auto& file = sources.file(d.primary->span.file);
  const auto position = file.position(d.primary->span.begin);
  return fmt::format("{}:{}:{}", visible(file.name()), position.line, position.column);
}

void human_excerpts(std::string& out, const Diagnostic& d, const Sources& sources, const RenderOptions& options, const Style& style, std::size_t gutter) {
  const auto margin = std::string(gutter, ' ');
  const auto& own_file = sources.file(d.primary->span.file);
  std::map<std::uint32_t, std::vector<Mark>> lines;
  const auto add = [&](const Label& label, bool primary) {
    if (label.span.file == d.primary->span.file) lines[own_file.position(label.span.begin).line].push_back({label.span, words(label.text), primary});
  };
  add(*d.primary, true);
  for (const auto& label : d.secondary) add(label, false);

  out += fmt::format("{} {}|{}\n", margin, style.frame, style.end);
  std::uint32_t last_line = 0;
  const int width = std::max(40, options.width - static_cast<int>(gutter) - 9);
  for (const auto& [number, marks] : lines) {
    if (last_line != 0 && number > last_line + 1) out += fmt::format("{}{}...{}\n", margin, style.frame, style.end);
    last_line = number;
    const auto shown = excerpt(own_file, number, marks, width);
    out += fmt::format("{}{:>{}} |{}{}{}\n", style.frame, number, gutter, style.end, shown.line.empty() ? "" : " ", shown.line);
    for (std::size_t i = 0; i < marks.size(); ++i) {
      const auto& tint = !marks[i].primary ? style.frame : d.severity() == Severity::error ? style.error : style.warning;
      out += fmt::format("{} {}|{} {}{}{}\n", margin, style.frame, style.end, tint, shown.marks[i], style.end);
    }
  }
  for (const auto& label : d.secondary) {
    if (label.span.file == d.primary->span.file) continue;
    const auto& file = sources.file(label.span.file);
    const auto position = file.position(label.span.begin);
    out += fmt::format("{} {}={} note: {}:{}:{}: {}\n", margin, style.frame, style.end, visible(file.name()), position.line, position.column, words(label.text));
  }
}

std::string human(const Diagnostic& d, const Sources& sources, const RenderOptions& options) {
  const auto& style = options.color ? colored : plain;
  const auto& tint = d.severity() == Severity::error ? style.error : style.warning;
  auto out = fmt::format("{}{}[{}]{}{}: {}{}\n", tint, severity_word(d.severity()), info(d.code).name, style.end, style.bold, words(d.message), style.end);
  std::size_t gutter = 2;
  if (d.primary) {
    const auto& file = sources.file(d.primary->span.file);
    std::uint32_t highest = file.position(d.primary->span.begin).line;
    for (const auto& label : d.secondary) {
      if (label.span.file == d.primary->span.file) highest = std::max(highest, file.position(label.span.begin).line);
    }
    gutter = std::max<std::size_t>(gutter, std::to_string(highest).size());
  }
  if (const auto where = place(d, sources, options); !where.empty()) out += fmt::format("{}{}-->{} {}\n", std::string(gutter, ' '), style.frame, style.end, where);
  if (d.primary) human_excerpts(out, d, sources, options, style, gutter);
  const auto trailer = [&](std::string_view kind, const std::string& text) {
    out += fmt::format("{} {}={} {}: {}\n", std::string(gutter, ' '), style.frame, style.end, kind, visible(shortened_advice(text)));
  };
  for (const auto& text : d.help) trailer("help", text);
  for (const auto& text : d.notes) trailer("note", text);
  return out += "\n";
}

std::string count_line(std::span<const Diagnostic> diagnostics, std::size_t shown) {
  const auto is_error = [](const Diagnostic& d) { return d.severity() == Severity::error; };
  const auto errors = static_cast<std::size_t>(std::count_if(diagnostics.begin(), diagnostics.end(), is_error));
  const auto warnings = diagnostics.size() - errors;
  const auto count = [](std::size_t n, std::string_view word) { return fmt::format("{} {}{}", n, word, n == 1 ? "" : "s"); };
  std::string result;
  if (errors > 0) result = count(errors, "error");
  if (warnings > 0) result += (result.empty() ? "" : ", ") + count(warnings, "warning");
  if (shown < diagnostics.size()) result += fmt::format(" (the first {} shown; `--diagnostics=json` shows all)", shown);
  return result + "\n";
}

}  // namespace

std::string render(std::span<const Diagnostic> diagnostics, const Sources& sources, const RenderOptions& options) {
  if (options.format == Format::sarif) return sarif_results(diagnostics, sources, options.about);
  std::string out;
  if (diagnostics.empty()) return out;
  if (options.format == Format::json) {
    for (const auto& d : diagnostics) out += json_line(d, sources, options.about);
    return out;
  }
  const auto shown = std::min(diagnostics.size(), options.most);
  for (const auto& d : diagnostics.first(shown)) {
    if (options.format == Format::human) {
      out += human(d, sources, options);
    } else {
      const auto where = place(d, sources, options);
      out += fmt::format("{}{}{}[{}]: {}\n", where, where.empty() ? "" : ": ", severity_word(d.severity()), info(d.code).name, words(d.message));
    }
  }
  return out += count_line(diagnostics, shown);
}

}  // namespace cvgen::diag
