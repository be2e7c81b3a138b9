#include "xml/references.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "text/unicode.hpp"
#include "xml/characters.hpp"

namespace cvgen::xml {
namespace {

using diag::Code;

constexpr std::pair<std::string_view, char> entities[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};

// The character that `name` of `&name;` stands for.
std::optional<char32_t> referenced(std::string_view name) {
  if (!name.starts_with('#')) {
    for (const auto& [entity, character] : entities) {
      if (entity == name) return static_cast<char32_t>(character);
    }
    return std::nullopt;
  }
  const bool hex = name.starts_with("#x");
  const auto digits = name.substr(hex ? 2 : 1);
  std::uint32_t value = 0;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, hex ? 16 : 10);
  if (error != std::errc() || stop != digits.data() + digits.size() || !is_char(value)) return std::nullopt;
  return value;
}

std::size_t check_reference(const FormText& form, std::size_t begin, std::size_t limit) {
  std::size_t end = begin + 1;
  const auto numeric = end < limit && form.text[end] == '#';
  while (end < limit && form.text[end] != ';') {
    const auto decoded = *text::decode(form.text.substr(end));
    if (!is_name(decoded.code_point) && !(numeric && end == begin + 1)) break;
    end += decoded.length;
  }
  const bool closed = end < limit && form.text[end] == ';';
  const auto name = form.text.substr(begin + 1, end - begin - 1);
  if (!closed || name.empty()) {
    form.report(diag::at(form.span(begin, begin + 1), Code::E0103, "`&` stands alone").label("unescaped `&`")
               .helps("write `&amp;` for the character `&`").fixed_by(form.span(begin, begin + 1), "&amp;"));
    return begin + 1;
  }
  const auto where = form.span(begin, end + 1);
  if (referenced(name)) return end + 1;
  if (numeric) {
    form.report(diag::at(where, Code::E0114, fmt::format("`{}` is not the number of a character", form.slice(where)))
               .helps("write the Unicode number, in decimal `&#8364;` or in hexadecimal `&#x20AC;`, of a character that XML allows"));
  } else {
    form.report(diag::at(where, Code::E0103, fmt::format("the entity `&{};` is unknown", name)).label("unknown entity")
               .helps("XML knows `&amp;` `&lt;` `&gt;` `&quot;` `&apos;`; type any other character itself, or by number as in `&#233;`"));
  }
  return end + 1;
}

// Whether eight bytes can be passed over at once: there is no control among them, no `&`, and no first byte of U+FFFE or
// U+FFFF, which alone in valid UTF-8 are no characters of XML. A byte is less than n, for n up to 128, if subtracting n
// sets its highest bit and it was not set before.
bool is_plain(const char* eight) {
  constexpr std::uint64_t ones = 0x0101010101010101U;
  constexpr std::uint64_t highs = 0x8080808080808080U;
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, eight, sizeof bytes);
  const auto less = [&](std::uint64_t values, std::uint64_t n) { return (values - ones * n) & ~values & highs; };
  const auto equal = [&](std::uint64_t byte) { return less(bytes ^ (ones * byte), 1); };
  return (less(bytes, 0x20) | equal('&') | equal(0xEF)) == 0;
}

}  // namespace

bool check_characters(const FormText& form, std::size_t begin, std::size_t end, Place place) {
  const bool references = place == Place::text || place == Place::value;
  bool literal = true;
  for (auto i = begin; i < end;) {
    if (i + 8 <= end && is_plain(form.text.data() + i)) {
      i += 8;
      continue;
    }
    const auto c = static_cast<unsigned char>(form.text[i]);
    if (c == '&' && references) {
      literal = false;
      i = check_reference(form, i, end);
    } else if (c == '\r' || c == '\n' || c == '\t') {
      if (c == '\r' || place == Place::value) literal = false;
      ++i;
    } else if (c >= 0x20 && c != 0xEF) {
      ++i;
    } else {
      const auto decoded = *text::decode(form.text.substr(i));
      if (!is_char(decoded.code_point)) {
        literal = false;
        form.report(diag::at(form.span(i, i + decoded.length), Code::E0102, fmt::format("the character U+{:04X} is not allowed in XML", static_cast<std::uint32_t>(decoded.code_point)))
                   .label("a control character").helps("delete it").fixed_by(form.span(i, i + decoded.length), ""));
      }
      i += decoded.length;
    }
  }
  return literal;
}

std::string_view meaning(std::string_view written, Place place, Arena& memory) {
  const bool references = place == Place::text || place == Place::value;
  std::string result;
  for (std::size_t i = 0; i < written.size(); ++i) {
    if (written[i] == '\r') {
      result += '\n';
      if (i + 1 < written.size() && written[i + 1] == '\n') ++i;
      continue;
    }
    const auto decoded = *text::decode(written.substr(i));
    const auto end = references && written[i] == '&' ? written.find(';', i) : std::string_view::npos;
    const auto name = end == std::string_view::npos ? std::string_view() : written.substr(i + 1, end - i - 1);
    const auto character = referenced(name);
    if (character) text::append(result, *character);
    else if (!name.starts_with('#') && is_char(decoded.code_point)) result += written.substr(i, decoded.length);
    i = character || name.starts_with('#') ? end : i + decoded.length - 1U;
  }
  if (place == Place::value) std::replace_if(result.begin(), result.end(), is_blank, ' ');
  return memory.keep(result);
}

}  // namespace cvgen::xml
