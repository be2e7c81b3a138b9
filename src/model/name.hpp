// The order of names.
#pragma once

#include <string_view>

#include "model/cv.hpp"

namespace cvgen::model {

// "Ada Lovelace"; but in a Chinese, Japanese or Korean CV a name in such characters begins with the family name: "沈文博",
// "高橋 美咲".
struct NameOrder {
  const Located* first;
  const Located* second;
  std::string_view between;
  bool family_first;
};

NameOrder name_order(const Person& person, Language language);

}  // namespace cvgen::model
