// A variant as TeX sets it with given settings: how many pages it takes, whatever is left out of it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/subject.hpp"
#include "select/units.hpp"
#include "typeset/arrange.hpp"
#include "typeset/pages.hpp"

namespace cvgen::cli {

// The settings that change the page without changing lines, and so need no new measuring; a template may lack them.
struct Stretch {
  std::string spacing;
  std::string vmargin;

  friend bool operator==(const Stretch&, const Stretch&) = default;
};

class Measured {
 public:
  // Of what TeX told, and the files that it left.
  Measured(typeset::Galley galley, typeset::Memory files, const Subject& subject, const select::Units& units, model::ResolvedSettings settings);

  typeset::Pages pages(const std::vector<bool>& kept, const Stretch& stretch, int most, typeset::Scaled spared = 0) const;
  typeset::Scaled page_height(const Stretch& stretch) const;
  typeset::Scaled line_height() const { return galley_.measures.baseline_skip; }
  // How much room a unit takes with all that is in it.
  typeset::Scaled height_of(std::size_t unit) const;

  // Whether a section stands in the second column.
  bool is_beside(std::size_t section) const;

  const model::ResolvedSettings& settings() const { return settings_; }
  // As measured.
  Stretch stretch() const;
  const typeset::Memory& files() const { return files_; }

 private:
  typeset::Galley galley_;
  typeset::Outline outline_;
  model::ResolvedSettings settings_;
  typeset::Memory files_;
};

}  // namespace cvgen::cli
