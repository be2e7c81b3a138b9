// What a page budget may leave out of a CV: entries, positions, points and bullets, each with its weight.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "xml/tree.hpp"

namespace cvgen::select {

constexpr int default_weight = 5;
constexpr int must = 11;  // above every number one can write

struct Unit {
  enum class Kind {
    entry,  // stands in a section by itself
    point,  // an <item> in the <highlights> of its parent
    frame,  // an <employment>: there as long as one of its positions is
  };
  Kind kind = Kind::entry;
  diag::Span span;      // the name in its start tag
  int parent = -1;      // the unit around it
  int section = 0;      // the number of its section
  int weight = default_weight;  // no more than that of the unit around it; `must` if something in it is
  std::string name;     // its title or first words
};

struct Units {
  std::vector<Unit> list;              // in document order, a parent before its children
  std::vector<diag::Span> sections;    // names in the start tags
};

// Of a tree in which the variant's selection is made already.
Units units(const xml::Element& root);

// The tree without some units, and without what then is empty. What is new in it is kept in `memory`.
xml::Element without(const xml::Element& root, const std::set<diag::Span>& dropped, xml::Arena& memory);

}  // namespace cvgen::select
