// A grammar as C++ source: what the build compiles into the program.
#pragma once

#include <string>

#include "schema/grammar.hpp"

namespace cvgen::schema {

// Defines a function that returns it.
std::string source(const Grammar& grammar, std::string_view function);

}  // namespace cvgen::schema
