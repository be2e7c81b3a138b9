#include "model/name.hpp"

#include "text/unicode.hpp"

namespace cvgen::model {
namespace {

// Chinese, Japanese and Korean characters are wide; a foreigner's name in Latin letters stays as it is.
bool is_wide(std::string_view name) {
  bool result = !name.empty();
  text::for_each(name, [&](char32_t c, std::size_t) { result = result && (c == ' ' || text::width(c) == 2); });
  return result;
}

}  // namespace

NameOrder name_order(const Person& person, Language language) {
  const bool here = language == Language::zh || language == Language::ja || language == Language::ko;
  if (!here || !is_wide(person.given.value) || !is_wide(person.family.value)) return {&person.given, &person.family, " ", false};
  return {&person.family, &person.given, language == Language::ja ? " " : "", true};
}

}  // namespace cvgen::model
