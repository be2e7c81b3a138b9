#include "xml/references.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "text/unicode.hpp"
#include "xml/characters.hpp"

namespace cvgen::xml {
namespace {

using diag::Code;

constexpr std::array<std::string_view, 5> known_entities = {"amp", "lt", "gt", "quot", "apos"};

void check_numeric(const FormText& form, std::string_view digits, diag::Span where) {
  const bool hex = digits.starts_with('x');
  if (hex) digits.remove_prefix(1);
  std::uint32_t value = 0;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, hex ? 16 : 10);
  if (error != std::errc() || stop != digits.data() + digits.size() || !is_char(value)) {
    form.report(diag::at(where, Code::E0114, fmt::format("`{}` is not the number of a character", form.slice(where)))
               .helps("write the Unicode number, in decimal `&#8364;` or in hexadecimal `&#x20AC;`, of a character that XML allows"));
  }
}

std::size_t reference(const FormText& form, std::size_t begin, std::size_t limit) {
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
  if (numeric) {
    check_numeric(form, name.substr(1), form.span(begin, end + 1));
  } else if (std::find(known_entities.begin(), known_entities.end(), name) == known_entities.end()) {
    form.report(diag::at(form.span(begin, end + 1), Code::E0103, fmt::format("the entity `&{};` is unknown", name)).label("unknown entity")
               .helps("XML knows `&amp;` `&lt;` `&gt;` `&quot;` `&apos;`; type any other character itself, or by number as in `&#233;`"));
  }
  return end + 1;
}

}  // namespace

void check_characters(const FormText& form, std::size_t begin, std::size_t end, bool references) {
  for (auto i = begin; i < end;) {
    const auto c = form.text[i];
    if (c == '&' && references) {
      i = reference(form, i, end);
    } else if (static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x80) {
      ++i;
    } else {
      const auto decoded = *text::decode(form.text.substr(i));
      if (!is_char(decoded.code_point)) {
        form.report(diag::at(form.span(i, i + decoded.length), Code::E0102, fmt::format("the character U+{:04X} is not allowed in XML", static_cast<std::uint32_t>(decoded.code_point)))
                   .label("a control character").helps("delete it").fixed_by(form.span(i, i + decoded.length), ""));
      }
      i += decoded.length;
    }
  }
}

}  // namespace cvgen::xml
