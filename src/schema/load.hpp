// Reads an XSD. At build time and in tests; the program has the result compiled in.
#pragma once

#include <memory>

#include "schema/grammar.hpp"
#include "xml/arena.hpp"

namespace cvgen::schema {

struct Loaded {
  Grammar grammar;
  std::vector<SimpleType> types;
  std::unique_ptr<xml::Arena> memory;
};

// Throws std::logic_error, naming the construct, on anything outside the subset described in cv.xsd: the schema is part
// of the program.
Loaded load(std::string_view xsd);

}  // namespace cvgen::schema
