// What was measured of a document, by what it was set from, so that after an edit only what has changed is measured.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "select/units.hpp"
#include "typeset/cache.hpp"
#include "typeset/galley.hpp"
#include "typeset/passes.hpp"

namespace cvgen::cli {

// A unit that is in no other with all that is in it, or any unit without its points.
struct Block {
  std::size_t unit = 0;  // its number
  bool bare = false;     // without its points
  // Of two with the same key the same comes out: a digest of its LaTeX, and of that of the heading or unit before it, since it
  // matters how deep that reaches.
  std::string key;
};

struct Blocks {
  std::vector<Block> list;
  std::string frame;       // a digest of what is around them, the headings among it
  bool separable = false;  // each can be measured with no more than what is before it
};

// How many units from this one on are in it, itself among them.
std::size_t size_of(std::size_t unit, const select::Units& units);

// Of a document with marks.
Blocks blocks_of(std::string_view tex, const select::Units& units);

struct Known {
  std::string frame;
  typeset::Galley galley;                                               // but for its pieces
  std::map<std::string, std::vector<typeset::Galley::Piece>> pieces;  // by the key of the block: of its unit and of all in that
  typeset::Memory files;                                                // that TeX left
};

// Of a galley of all of them.
Known known_of(const Blocks& blocks, const select::Units& units, const typeset::Galley& galley, typeset::Memory files);
// Puts into the galley, which has room for all units, what is known of a block; false if nothing is.
bool put_pieces(const Known& known, const Block& block, const select::Units& units, typeset::Galley& galley);
// What is in one galley of a block goes to another.
void copy_pieces(const typeset::Galley& from, const Block& block, const select::Units& units, typeset::Galley& to);

// In the cache, one for each name.
std::optional<Known> find_known(const typeset::Cache& cache, const std::string& name);
bool has_known(const typeset::Cache& cache, const std::string& name);
void keep_known(const typeset::Cache& cache, const std::string& name, const Known& known);

}  // namespace cvgen::cli
