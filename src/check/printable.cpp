#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <vector>

#include "check/rules.hpp"
#include "model/visit.hpp"
#include "text/unicode.hpp"

namespace cvgen::check {
namespace {

using diag::Span;

// A code point of XML source, written out or as a character reference.
struct Unit {
  char32_t code_point;
  Span span;
};

std::vector<Unit> units_of(std::string_view source, Span span) {
  std::vector<Unit> units;
  for (std::size_t i = 0; i < source.size();) {
    Unit unit{0, {}};
    std::size_t length = 1;
    const auto semicolon = source.substr(i).starts_with("&#") ? source.find(';', i) : std::string_view::npos;
    if (semicolon != std::string_view::npos) {
      const bool hex = source[i + 2] == 'x';
      const auto digits = std::string(source.substr(i + (hex ? 3 : 2), semicolon - i));
      unit.code_point = static_cast<char32_t>(std::strtoul(digits.c_str(), nullptr, hex ? 16 : 10));
      length = semicolon + 1 - i;
    } else if (const auto decoded = text::decode(source.substr(i))) {
      unit.code_point = decoded->code_point;
      length = decoded->length;
    }
    const auto begin = span.begin + static_cast<std::uint32_t>(i);
    unit.span = {span.file, begin, begin + static_cast<std::uint32_t>(length)};
    units.push_back(unit);
    i += length;
  }
  return units;
}

// Where the characters of a text stand in the source that it was read from. The text is composed (NFC), so one of its
// characters may be a letter and marks of the source; as blanks are collapsed too, the n-th of its kind is looked for.
class Places {
 public:
  Places(std::string_view source, Span span) : all_(span) {
    const auto units = units_of(source, span);
    for (std::size_t i = 0; i < units.size();) {
      auto end = i + 1;
      while (end < units.size() && text::is_combining(units[end].code_point)) ++end;
      if (end == i + 1) {
        places_[units[i].code_point].push_back(units[i].span);
      } else {
        add_composed(units, i, end);
      }
      i = end;
    }
  }

  // In the order of the text, without leaving any out.
  Span next(char32_t code_point) {
    const auto found = places_.find(code_point);
    auto& used = used_[code_point];
    return found == places_.end() || used >= found->second.size() ? all_ : found->second[used++];
  }

 private:
  void add_composed(const std::vector<Unit>& units, std::size_t begin, std::size_t end) {
    std::string written;
    for (auto i = begin; i < end; ++i) text::append(written, units[i].code_point);
    const Span whole{all_.file, units[begin].span.begin, units[end - 1].span.end};
    text::for_each(text::nfc(written), [&](char32_t composed, std::size_t) {
      auto place = whole;
      for (auto i = begin; i < end; ++i) {
        if (units[i].code_point == composed) place = units[i].span;
      }
      places_[composed].push_back(place);
    });
  }

  Span all_;
  std::map<char32_t, std::vector<Span>> places_;
  std::map<char32_t, std::size_t> used_;
};

void complain(std::string_view characters, Span span, std::string_view advice, diag::Sink& sink) {
  const auto first = *text::decode(characters);
  bool all_invisible = true;
  text::for_each(characters, [&](char32_t c, std::size_t) { all_invisible = all_invisible && text::is_invisible(c); });
  auto message = first.length == characters.size() ? fmt::format("the character {} can't be printed", text::describe(first.code_point))
                                                   : fmt::format("the characters `{}` can't be printed", characters);
  auto diagnostic = diag::at(span, diag::Code::E0310, std::move(message));
  if (first.length != characters.size()) diagnostic.primary->text = fmt::format("the first is {}", text::describe(first.code_point));
  diagnostic.help.emplace_back(all_invisible ? "delete what is invisible: it does nothing here" : advice);
  sink.add(std::move(diagnostic));
}

}  // namespace

void printable(const model::Cv& cv, const diag::Sources& sources, const Unprintable& unprintable, std::string_view advice, diag::Sink& sink) {
  const auto check = [&](std::string_view text, Span span) {
    const auto bad = unprintable(text);
    if (bad.empty()) return;
    Places places(sources.slice(span), span);
    std::size_t at = 0;
    for (auto next = bad.begin(); next != bad.end();) {
      text::for_each(text.substr(at, *next - at), [&](char32_t c, std::size_t) { (void)places.next(c); });
      const auto begin = *next;
      std::optional<Span> place;
      for (at = begin; next != bad.end() && *next == at; ++next) {
        const auto decoded = *text::decode(text.substr(at));
        const auto here = places.next(decoded.code_point);
        if (!place) place = here;
        place->begin = std::min(place->begin, here.begin);
        place->end = std::max(place->end, here.end);
        at += decoded.length;
      }
      complain(text.substr(begin, at - begin), *place, advice, sink);
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
