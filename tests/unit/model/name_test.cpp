#include <doctest/doctest.h>

#include "model/name.hpp"

using namespace cvgen::model;

TEST_CASE("on Chinese, Japanese and Korean pages names in these scripts begin with the family name") {
  const auto printed = [](const char* given, const char* family, Language language) {
    Person person;
    person.given.value = given;
    person.family.value = family;
    const auto order = name_order(person, language);
    return order.first->value + std::string(order.between) + order.second->value;
  };
  CHECK(printed("文博", "沈", Language::zh) == "沈文博");
  CHECK(printed("美咲", "高橋", Language::ja) == "高橋 美咲");
  CHECK(printed("서연", "한", Language::ko) == "한서연");
  CHECK(printed("文博", "沈", Language::en) == "文博 沈");
  CHECK(printed("Ada", "Lovelace", Language::zh) == "Ada Lovelace");
  CHECK(printed("Wenbo", "沈", Language::zh) == "Wenbo 沈");
}
