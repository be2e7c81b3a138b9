// What the parts of the loader share: the declarations of an XSD, and what is said when one lies outside the subset.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>

#include "xml/tree.hpp"

namespace cvgen::schema {

using Declarations = std::map<std::string_view, const xml::Element*>;

[[noreturn]] void unsupported(const std::string& what);

// Whatever the loader would pass over in silence must not be there.
void demand(const xml::Element& element, std::initializer_list<std::string_view> attributes, std::initializer_list<std::string_view> children);

template <class Map>
const auto& declared(const Map& map, std::string_view name) {
  const auto found = map.find(name);
  if (found == map.end()) unsupported("no declaration of " + std::string(name));
  return found->second;
}

}  // namespace cvgen::schema
