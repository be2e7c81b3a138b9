// Content models of XSD as automata.
#pragma once

#include <set>
#include <string_view>
#include <vector>

#include "schema/declarations.hpp"

namespace cvgen::schema {

// The Glushkov automaton: each element particle is a position, numbered from 1; `follow` says which may come after which.
struct Automaton {
  std::vector<std::string_view> names;            // of the positions
  std::vector<std::set<std::size_t>> follow;      // of the start (0) and of the positions
  std::vector<bool> accepting;
};

// Of a particle of the type; null: the element is empty. Throws as load() does, also if the content is ambiguous.
Automaton automaton(const xml::Element* particle, const Declarations& groups);

}  // namespace cvgen::schema
