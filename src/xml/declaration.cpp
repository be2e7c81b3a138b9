#include "xml/declaration.hpp"

#include <fmt/format.h>

#include "text/unicode.hpp"
#include "xml/characters.hpp"

namespace cvgen::xml {
namespace {

using diag::Code;

bool check_encoding(const FormText& form) {
  if (form.text.starts_with("\xFF\xFE") || form.text.starts_with("\xFE\xFF") || form.text.substr(0, 4).find('\0') != std::string_view::npos) {
    form.report(diag::at(form.span(0, std::min<std::size_t>(2, form.text.size())), Code::E0101, "the file is not in UTF-8")
               .label("looks like UTF-16 or UTF-32").helps("save the file as UTF-8"));
    return false;
  }
  if (const auto bad = text::find_invalid_utf8(form.text); bad != std::string_view::npos) {
    form.report(diag::at(form.span(bad, bad + 1), Code::E0101, "the file is not in UTF-8")
               .label(fmt::format("byte 0x{:02X} can't stand here", static_cast<unsigned char>(form.text[bad])))
               .helps("save the file as UTF-8; `iconv -f latin1 -t utf-8` converts an old one"));
    return false;
  }
  return true;
}

std::nullopt_t malformed(const FormText& form, std::size_t begin, std::size_t end, std::string message, std::string help) {
  form.report(diag::at(form.span(begin, end), Code::E0112, std::move(message)).helps(std::move(help)));
  return std::nullopt;
}

// <?xml version="1.0" encoding="UTF-8" standalone="yes"?>, section 2.8.
std::optional<std::size_t> declaration(const FormText& form, std::size_t begin) {
  const auto end = form.text.find("?>", begin);
  if (end == std::string_view::npos) return malformed(form, begin, begin + 5, "the XML declaration is not closed", "close it with `?>`");
  auto body = form.text.substr(begin + 5, end - begin - 5);
  const auto skip_blanks = [&] {
    const auto count = std::find_if_not(body.begin(), body.end(), is_blank) - body.begin();
    body.remove_prefix(static_cast<std::size_t>(count));
    return count > 0;
  };
  const auto pseudo_attribute = [&](std::string_view name) -> std::optional<std::string_view> {
    const auto saved = body;
    if (!skip_blanks() || !body.starts_with(name)) { body = saved; return std::nullopt; }
    body.remove_prefix(name.size());
    skip_blanks();
    if (!body.starts_with('=')) { body = saved; return std::nullopt; }
    body.remove_prefix(1);
    skip_blanks();
    const auto close = body.empty() || (body[0] != '"' && body[0] != '\'') ? std::string_view::npos : body.find(body[0], 1);
    if (close == std::string_view::npos) { body = saved; return std::nullopt; }
    const auto value = body.substr(1, close - 1);
    body.remove_prefix(close + 1);
    return value;
  };
  const auto version = pseudo_attribute("version");
  const auto encoding = pseudo_attribute("encoding");
  const auto standalone = pseudo_attribute("standalone");
  skip_blanks();
  const auto digits = [](std::string_view s) { return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; }); };
  // Production [81]: a Latin letter, then letters, digits, `.`, `_` and `-`.
  const auto encoding_name = [](std::string_view s) {
    const auto letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    const auto part = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-'; };
    return !s.empty() && letter(s[0]) && std::all_of(s.begin(), s.end(), part);
  };
  const bool good = version && version->starts_with("1.") && digits(version->substr(2)) && body.empty() &&
                    (!encoding || encoding_name(*encoding)) &&
                    (!standalone || *standalone == "yes" || *standalone == "no");
  if (!good) {
    return malformed(form, begin, end + 2, "the XML declaration is malformed", "write `<?xml version=\"1.0\" encoding=\"UTF-8\"?>`");
  }
  if (encoding) {
    const auto name = upper(*encoding);
    const bool is_ascii = std::all_of(form.text.begin(), form.text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (name != "UTF-8" && name != "UTF8" && !(is_ascii && (name == "US-ASCII" || name == "ASCII"))) {
      const auto offset = static_cast<std::size_t>(encoding->data() - form.text.data());
      form.report(diag::at(form.span(offset, offset + encoding->size()), Code::E0101, fmt::format("the encoding `{}` is not supported", *encoding))
                 .label("only UTF-8 is").helps("save the file as UTF-8 and declare `encoding=\"UTF-8\"`"));
      return std::nullopt;
    }
  }
  return end + 2;
}

}  // namespace

std::optional<std::size_t> read_declaration(const FormText& form) {
  if (!check_encoding(form)) return std::nullopt;
  const std::size_t begin = form.text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  const bool declared = form.text.substr(begin).starts_with("<?xml") && begin + 5 < form.text.size() && is_blank(form.text[begin + 5]);
  return declared ? declaration(form, begin) : begin;
}

}  // namespace cvgen::xml
