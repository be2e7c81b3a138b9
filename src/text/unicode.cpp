#include "text/unicode.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "embedded.hpp"
#include "text/cut.hpp"

namespace cvgen::text {

std::optional<Decoded> decode_beyond_ascii(std::string_view text) {
  utf8proc_int32_t code_point = 0;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &code_point);
  if (length <= 0) return std::nullopt;
  return Decoded{static_cast<char32_t>(code_point), static_cast<std::uint8_t>(length)};
}

std::size_t ascii_prefix(std::string_view text) {
  std::size_t i = 0;
  for (std::uint64_t eight = 0; i + sizeof eight <= text.size(); i += sizeof eight) {
    std::memcpy(&eight, text.data() + i, sizeof eight);
    if ((eight & 0x8080808080808080U) != 0) break;
  }
  while (i < text.size() && static_cast<unsigned char>(text[i]) < 0x80) ++i;
  return i;
}

std::size_t find_invalid_utf8(std::string_view text) {
  for (auto i = ascii_prefix(text); i < text.size(); i += ascii_prefix(text.substr(i))) {
    const auto decoded = decode(text.substr(i));
    if (!decoded) return i;
    i += decoded->length;
  }
  return std::string_view::npos;
}

void append(std::string& text, char32_t code_point) {
  utf8proc_uint8_t bytes[4];
  const auto length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code_point), bytes);
  text.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
}

std::string encode(char32_t code_point) {
  std::string text;
  append(text, code_point);
  return text;
}

std::size_t find_too_many_marks(std::string_view text) {
  // A mark has two bytes at least.
  if (text.size() <= 2 * most_marks) return std::string_view::npos;
  std::size_t marks = 0;
  for (auto at = ascii_prefix(text); at < text.size();) {
    const auto decoded = decode(text.substr(at));
    if (!decoded) break;
    const auto* properties = decoded->code_point < 0x80 ? nullptr : utf8proc_get_property(static_cast<utf8proc_int32_t>(decoded->code_point));
    marks = properties != nullptr && properties->combining_class != 0 ? marks + 1 : 0;
    if (marks > most_marks) return at;
    at += decoded->length;
  }
  return std::string_view::npos;
}

namespace {

std::string normalised(std::string_view text, utf8proc_option_t form) {
  // Most text is ASCII, which is its own normal form.
  if (ascii_prefix(text) == text.size() || find_too_many_marks(text) != std::string_view::npos) return std::string(text);
  utf8proc_uint8_t* mapped = nullptr;
  const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &mapped, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | form));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (length < 0) return std::string(text);
  return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(length)};
}

}  // namespace

std::string nfc(std::string_view text) { return normalised(text, UTF8PROC_COMPOSE); }

std::string nfd(std::string_view text) { return normalised(text, UTF8PROC_DECOMPOSE); }

std::string nfkc(std::string_view text) { return normalised(text, static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_COMPAT)); }

int width(char32_t code_point) { return utf8proc_charwidth(static_cast<utf8proc_int32_t>(code_point)); }

int width(std::string_view text) {
  int sum = 0;
  for_each(text, [&](char32_t c, std::size_t) { sum += width(c); });
  return sum;
}

bool is_combining(char32_t code_point) {
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
  return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC || category == UTF8PROC_CATEGORY_ME;
}

bool is_invisible(char32_t code_point) {
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
  return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF || category == UTF8PROC_CATEGORY_ZL ||
         category == UTF8PROC_CATEGORY_ZP || category == UTF8PROC_CATEGORY_CN || category == UTF8PROC_CATEGORY_CS;
}

bool is_right_to_left(char32_t code_point) {
  const auto direction = utf8proc_get_property(static_cast<utf8proc_int32_t>(code_point))->bidi_class;
  return direction == UTF8PROC_BIDI_CLASS_R || direction == UTF8PROC_BIDI_CLASS_AL;
}

bool is_alphanumeric(char32_t code_point) {
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

bool is_unassigned(char32_t code_point) {
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
  return category == UTF8PROC_CATEGORY_CO || category == UTF8PROC_CATEGORY_CN || category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CS;
}

char32_t lower(char32_t code_point) { return static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(code_point))); }

std::string character_name(char32_t code_point) {
  // Rule NR2 of The Unicode Standard, section 4.8; the other algorithmic names are in the table.
  const auto between = [&](char32_t first, char32_t last) { return code_point >= first && code_point <= last; };
  if (between(0x4E00, 0x9FFF) || between(0x3400, 0x4DBF) || between(0x20000, 0x323AF)) {
    return fmt::format("CJK UNIFIED IDEOGRAPH-{:X}", static_cast<std::uint32_t>(code_point));
  }
  // The lines are sorted by code point: halved until one is left.
  auto names = embedded::unicode_names().substr(1);
  while (!names.empty()) {
    const auto middle = names.rfind('\n', names.size() / 2) + 1;  // npos + 1 is 0
    auto line = names.substr(middle, names.find('\n', middle) - middle);
    const auto size = line.size();
    const auto hex = cut(line, ' ');
    std::uint32_t value = 0;
    std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
    if (value == code_point) return std::string(line);
    names = value < code_point ? names.substr(std::min(middle + size + 1, names.size())) : names.substr(0, middle);
  }
  return {};
}

std::string describe(char32_t code_point) {
  auto result = fmt::format("U+{:04X}", static_cast<std::uint32_t>(code_point));
  if (const auto name = character_name(code_point); !name.empty()) result += " " + name;
  return result;
}

}  // namespace cvgen::text
