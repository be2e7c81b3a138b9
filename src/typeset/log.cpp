#include "typeset/log.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "text/cut.hpp"

namespace cvgen::typeset {
namespace {

using Kind = TexError::Kind;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '@'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

// What is between `open` and the next `close`; empty if there is no such place.
std::string_view between(std::string_view text, std::string_view open, std::string_view close) {
  const auto begin = text.find(open);
  if (begin == std::string_view::npos) return {};
  text.remove_prefix(begin + open.size());
  const auto end = text.find(close);
  return end == std::string_view::npos ? std::string_view{} : text.substr(0, end);
}

// The number at the start of text, which is taken off; 0 if there is none.
int take_number(std::string_view& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return error == std::errc{} ? number : 0;
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) lines.push_back(text::cut(text, '\n'));
  return lines;
}

// `./cv.tex:12: message`, `! message`, `!pdfTeX error: message`.
std::optional<TexError> error_head(std::string_view line) {
  TexError error;
  if (line.starts_with('!')) {
    error.message = trimmed(line.substr(1));
  } else {
    std::size_t colon = line.find(':');
    // A path may hold colons itself.
    for (; colon != std::string_view::npos; colon = line.find(':', colon + 1)) {
      const auto second = line.find(": ", colon + 1);
      const auto number = line.substr(colon + 1, second - colon - 1);
      if (second == std::string_view::npos) return std::nullopt;
      if (!number.empty() && number.size() < 8 && std::all_of(number.begin(), number.end(), is_digit)) break;
    }
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    error.file = line.substr(0, colon);
    // Not every line with a number between colons is one: TeX always shows a name with its ending here.
    if (error.file.find('.') == std::string::npos || error.file.front() == ' ') return std::nullopt;
    line.remove_prefix(colon + 1);
    error.line = take_number(line);
    error.message = trimmed(line.substr(1));
  }
  // "==> Fatal error occurred": the echo of an error that came before.
  if (error.message.empty() || error.message.starts_with("==>")) return std::nullopt;
  return error;
}

void classify(TexError& error) {
  const std::string_view message = error.message;
  const auto has = [&](std::string_view words) { return message.find(words) != std::string_view::npos; };
  const auto is = [&](Kind kind, std::string_view subject) {
    error.kind = kind;
    error.subject = subject;
  };
  if (has("TeX capacity exceeded")) return is(Kind::capacity, between(message, "[", "]"));
  if (message.starts_with("Emergency stop")) return is(Kind::emergency_stop, {});
  if (message.starts_with("Missing character: There is no "))
    return is(Kind::missing_character, between(message, "is no ", " "));
  if (has("not loadable")) {
    const auto name = between(message, "=", " ");
    return is(Kind::missing_font, name.empty() ? between(message, "Font ", " ") : name);
  }
  if (message.starts_with("pdfTeX error") && has("): Font "))
    return is(Kind::missing_font, between(message, "): Font ", " "));
  if (has("cannot open Type 1 font file") || has("cannot open encoding file")) {
    return is(Kind::missing_font, between(message, "(file ", ")"));
  }
  if (has("File `") && has("' not found")) return is(Kind::missing_file, between(message, "File `", "'"));
  if (has("I can't find file `")) return is(Kind::missing_file, between(message, "file `", "'"));
  if (message.starts_with("Undefined control sequence")) is(Kind::unknown_command, {});
}

class Reader {
 public:
  explicit Reader(std::string_view text) : lines_(split_lines(text)) {}

  Log read() {
    while (next_ < lines_.size()) {
      const auto line = lines_[next_++];
      if (line.starts_with("Overfull \\hbox (")) overfull(line);
      else if (line.starts_with("Missing character: There is no ")) missing_character(line);
      else if (line.starts_with("Output written on ")) pages(line);
      else if (line.starts_with("LaTeX2e <")) release(line);
      else if (line.starts_with("Runaway ")) ++next_;  // the next one is text of the document
      else if (auto error = error_head(line)) add(std::move(*error));
      else if (asks_for_rerun(line)) log_.wants_rerun = true;
    }
    return std::move(log_);
  }

 private:
  static bool asks_for_rerun(std::string_view line) {
    for (const std::string_view words : {"Rerun to get", "Rerun LaTeX", "rerun LaTeX", "Label(s) may have changed"}) {
      if (line.find(words) != std::string_view::npos) return true;
    }
    return false;
  }

  // `LaTeX2e <2022-11-01> patch level 1`; until 2018 with slashes.
  void release(std::string_view line) {
    if (!log_.latex.empty()) return;
    log_.latex = between(line, "<", ">");
    std::replace(log_.latex.begin(), log_.latex.end(), '/', '-');
  }

  void overfull(std::string_view line) {
    OverfullLine found;
    line.remove_prefix(line.find('(') + 1);
    // Not from_chars for double: g++ has it, other libraries don't.
    found.points = take_number(line);
    if (line.starts_with('.')) {
      double digit = 0.1;
      for (line.remove_prefix(1); !line.empty() && is_digit(line.front()); line.remove_prefix(1)) {
        found.points += digit * (line.front() - '0');
        digit /= 10;
      }
    }
    if (const auto at = line.find(" at line"); at != std::string_view::npos) {
      line.remove_prefix(at + 8);
      if (line.starts_with('s')) line.remove_prefix(1);
      line = trimmed(line);
      found.first = found.last = take_number(line);
      if (line.starts_with("--")) {
        line.remove_prefix(2);
        found.last = take_number(line);
      }
    }
    if (next_ < lines_.size()) found.text = lines_[next_++];
    log_.overfull.push_back(std::move(found));
  }

  void missing_character(std::string_view line) {
    // The character may be any byte, a blank or the `i` of ` in font ` too: hence from the right.
    const auto font = line.rfind(" in font ");
    constexpr std::size_t begin = std::string_view("Missing character: There is no ").size();
    if (font == std::string_view::npos || font < begin) return;
    MissingCharacter found;
    found.character = line.substr(begin, font - begin);
    // TeX Live 2021 and later may add the number, `x ("C8)`; LuaTeX does, `x (U+00C8)`.
    for (const auto* before : {" (\"", " (U+"}) {
      if (const auto number = found.character.find(before); number != std::string::npos) found.character.resize(number);
    }
    found.font = trimmed(line.substr(font + 9));
    while (!found.font.empty() && (found.font.back() == '!' || found.font.back() == '.')) found.font.pop_back();
    // What pgf and others throw away on purpose.
    if (found.font != "nullfont") log_.missing_characters.push_back(std::move(found));
  }

  void pages(std::string_view line) {
    if (const auto open = line.rfind('('); open != std::string_view::npos) {
      line.remove_prefix(open + 1);
      log_.pages = take_number(line);
    }
  }

  void add(TexError error) {
    take_continuation(error);
    classify(error);
    take_context(error);
    // A missing file makes TeX ask for another name, and stop as nobody answers: the place is in that second error.
    if (error.kind == Kind::emergency_stop && !log_.errors.empty() && log_.errors.back().kind == Kind::missing_file) {
      auto& cause = log_.errors.back();
      if (cause.line == 0) {
        cause.file = error.file;
        cause.line = error.line;
        cause.context = error.context;
      }
      return;
    }
    log_.errors.push_back(std::move(error));
  }

  // LaTeX breaks its messages: "LaTeX Error: Unicode character x\n               not set up", "(hyperref)   more".
  void take_continuation(TexError& error) {
    if (!error.message.starts_with("LaTeX ") && !error.message.starts_with("Package ") &&
        !error.message.starts_with("Class ")) {
      return;
    }
    while (next_ < lines_.size()) {
      auto line = lines_[next_];
      if (line.starts_with('(') && line.find(')') != std::string_view::npos) line.remove_prefix(line.find(')') + 1);
      if (!line.starts_with("    ")) return;
      error.message += ' ';
      error.message += trimmed(line);
      ++next_;
    }
  }

  // After an error TeX shows where it was, each time on two lines: what it has read, and what it hasn't.
  void take_context(TexError& error) {
    if (error.kind == Kind::unknown_command && next_ < lines_.size()) error.subject = last_command(lines_[next_]);
    constexpr std::size_t farthest = 60;
    for (std::size_t i = next_; i < lines_.size() && i < next_ + farthest; ++i) {
      auto line = lines_[i];
      if (i > next_ && error_head(line)) return;
      if (!line.starts_with("l.") || line.size() < 3 || !is_digit(line[2])) continue;
      line.remove_prefix(2);
      const int number = take_number(line);
      if (error.line == 0) error.line = number;
      if (line.starts_with(' ')) line.remove_prefix(1);
      error.context = line;
      if (i + 1 < lines_.size()) error.context += trimmed(lines_[i + 1]);
      error.context = std::string(trimmed(error.context));
      next_ = std::min(i + 2, lines_.size());
      return;
    }
  }

  static std::string last_command(std::string_view line) {
    const auto begin = trimmed(line).rfind('\\');
    if (begin == std::string_view::npos) return {};
    line = trimmed(line).substr(begin);
    std::size_t length = 1;
    while (length < line.size() && is_letter(line[length])) ++length;
    return std::string(line.substr(0, std::max<std::size_t>(length, 2)));
  }

  std::vector<std::string_view> lines_;
  std::size_t next_ = 0;
  Log log_;
};

}  // namespace

Log read_log(std::string_view text) { return Reader(text).read(); }

}  // namespace cvgen::typeset
