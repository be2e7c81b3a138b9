// What of a CV must be found again in the text of its PDF: every field, with its place in the file and the entry that it
// belongs to. Of addresses that templates shorten, what they all print.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/cv.hpp"

namespace cvgen::proof {

enum class Role { name, contact, heading, part, bullet };

// A character in the text of a field where a blank may be read or not: beside a subscript, where the slant changes.
constexpr char loose_seam = '\x01';

struct Field {
  Role role = Role::part;
  std::size_t entry = 0;
  std::string text;
  std::vector<std::pair<std::string, diag::Span>> pieces;  // of the text, each with its place in the file
  diag::Span span;  // where to point at if no piece will do
};

// The person is entry 0; a heading is an entry of its own.
struct Entry {
  std::size_t section = 0;  // from 1; 0: the person
  std::string name;
};

struct Expected {
  std::vector<Field> fields;  // in the order of the file
  std::vector<Entry> entries;
  bool right_to_left = false;  // the page
};

Expected expected(const model::Cv& cv);

}  // namespace cvgen::proof
