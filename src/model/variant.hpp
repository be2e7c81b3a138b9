// Variants: which part of the CV is printed, and how.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/cv.hpp"

namespace cvgen::model {

// How a variant shows one section.
struct SectionRule {
  Located section;  // element name or id
  Located title;
  std::optional<std::size_t> most;
  std::vector<Located> kinds;
  std::optional<int> since;
  bool selected = false;
  bool first_author = false;
};

struct Variant {
  Located name;  // empty: the nameless variant of a CV that declares none
  std::vector<Located> labels;
  Located template_name;
  std::vector<Setting> settings;
  Located language;
  std::optional<int> pages;  // the most it may have
  std::vector<Located> order;
  std::vector<Located> hide;
  std::vector<SectionRule> sections;
};

}  // namespace cvgen::model
