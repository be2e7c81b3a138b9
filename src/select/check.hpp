// Are the variants of a CV used consistently? (E05xx)
#pragma once

#include "diag/diagnostic.hpp"
#include "model/variant.hpp"
#include "xml/tree.hpp"

namespace cvgen::select {

// Reports names in `only` and `not` that are no variant's name or label (E0501), sections and contacts that variants
// name and the CV doesn't have (E0502), names used for two variants (E0503), kinds of publications that there are not (E0207), and elements that no variant shows (W0501).
// `kinds` are the kinds of publications there are.
void check(const xml::Element& root, const std::vector<model::Variant>& variants, std::span<const std::string_view> kinds, diag::Sink& sink);

}  // namespace cvgen::select
