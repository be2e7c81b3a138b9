#include <fmt/format.h>

#include "check/rules.hpp"
#include "model/visit.hpp"
#include "text/unicode.hpp"

namespace cvgen::check {
namespace {

// Where the n-th occurrence (from 0) of a character stands in a stretch of XML source, written out or as a character
// reference. Nothing if it isn't there as such, because composition (NFC) made it.
std::optional<diag::Span> locate(std::string_view source, diag::Span span, char32_t wanted, std::size_t n) {
  for (std::size_t i = 0; i < source.size();) {
    char32_t here = 0;
    std::size_t length = 1;
    const auto semicolon = source[i] == '&' ? source.find(';', i) : std::string_view::npos;
    if (source.substr(i).starts_with("&#") && semicolon != std::string_view::npos) {
      const bool hex = source[i + 2] == 'x';
      const auto digits = std::string(source.substr(i + (hex ? 3 : 2), semicolon - i));
      here = static_cast<char32_t>(std::strtoul(digits.c_str(), nullptr, hex ? 16 : 10));
      length = semicolon + 1 - i;
    } else if (const auto decoded = text::decode(source.substr(i))) {
      here = decoded->code_point;
      length = decoded->length;
    }
    if (here == wanted && n-- == 0) {
      const auto begin = span.begin + static_cast<std::uint32_t>(i);
      return diag::Span{span.file, begin, begin + static_cast<std::uint32_t>(length)};
    }
    i += length;
  }
  return std::nullopt;
}

}  // namespace

void printable(const model::Cv& cv, const diag::Sources& sources, const Unprintable& unprintable, diag::Sink& sink) {
  const auto check = [&](const std::string& text, diag::Span span) {
    for (auto bad = unprintable(text, 0); bad;) {
      const auto decoded = *text::decode(std::string_view(text).substr(*bad));
      const auto code_point = decoded.code_point;
      std::size_t before = 0;
      text::for_each(std::string_view(text).substr(0, *bad), [&](char32_t c, std::size_t) { before += c == code_point ? 1 : 0; });
      const auto place = locate(sources.slice(span), span, code_point, before).value_or(span);
      auto diagnostic = diag::at(place, diag::Code::E0310, fmt::format("the character {} can't be printed", text::describe(code_point)))
                            .helps("pdflatex sets Latin script, Greek letters and common signs; write the word another way or leave it out");
      if (text::is_invisible(code_point)) diagnostic.help = {"it is invisible and does nothing here; delete it"};
      sink.add(std::move(diagnostic));
      bad = unprintable(text, *bad + decoded.length);
    }
  };
  model::Visitor visitor;
  visitor.value = [&](const model::Located& value) { check(value.value, value.span); };
  visitor.text = [&](const model::Text& text) {
    for (const auto& run : text.runs) check(run.text, run.span);
  };
  model::visit(cv, visitor);
}

}  // namespace cvgen::check
