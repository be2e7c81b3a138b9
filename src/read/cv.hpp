// Element tree of a CV -> model. Takes what it can from a tree with faults, so that `check` can look at the rest.
#pragma once

#include "model/cv.hpp"
#include "xml/tree.hpp"

namespace cvgen::read {

model::Cv cv(const xml::Element& root);

}  // namespace cvgen::read
