#include "diag/render/words.hpp"

#include <fmt/format.h>

#include "text/unicode.hpp"

namespace cvgen::diag {
namespace {

// What a message and a label, and what help and a note may quote: advice that is to be copied is ours and may be longer.
constexpr int longest_value = 60;
constexpr int longest_advice = 200;
constexpr int longest_text = 600;

std::string cut(std::string_view text, int columns) {
  std::string result;
  int used = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto decoded = text::decode(text.substr(i));
    const std::size_t length = decoded ? decoded->length : 1;
    used += decoded ? text::width(decoded->code_point) : 1;
    if (used > columns) return result + "\u2026";
    result += text.substr(i, length);
    i += length;
  }
  return result;
}

// Values from the file stand between backticks.
std::string shortened_to(int longest, std::string_view text) {
  std::string result;
  bool value = false;
  while (result.size() <= std::size_t{longest_text} * 4) {
    const auto tick = text.find('`');
    const auto piece = text.substr(0, tick);
    if (value) result += cut(piece, longest);
    else result += piece;
    if (tick == std::string_view::npos) break;
    result += '`';
    text.remove_prefix(tick + 1);
    value = !value;
  }
  return cut(result, longest_text);
}

}  // namespace

std::string shortened(std::string_view text) { return shortened_to(longest_value, text); }
std::string shortened_advice(std::string_view text) { return shortened_to(longest_advice, text); }

std::string shown(std::string_view text) { return visible(shortened_advice(text)); }

std::string visible(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const auto decoded = text::decode(text.substr(i));
    const auto length = decoded ? decoded->length : std::uint8_t{1};
    if (!decoded) result += fmt::format("<{:02X}>", static_cast<unsigned char>(text[i]));
    else if (text::is_invisible(decoded->code_point)) result += fmt::format("<U+{:04X}>", static_cast<std::uint32_t>(decoded->code_point));
    else result += text.substr(i, length);
    i += length;
  }
  return result;
}

std::string_view severity_word(Severity severity) { return severity == Severity::error ? "error" : "warning"; }

}  // namespace cvgen::diag
