// Rules that a schema can't say. Each looks at the model and reports what is wrong (E03xx, E04xx).
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "model/cv.hpp"

namespace cvgen::check {

// What the parts of a CV say of one another.
struct References {
  std::vector<model::Located> ids;    // with the elements that have them
  std::vector<model::Located> links;  // ids, with the addresses that lead there
};

// All rules that look at nothing but one part of a CV, or all of it; its references are added to those of other parts.
void rules(const model::Cv& part, References& references, diag::Sink& sink);

// The single ones.
void dates(const model::Cv& cv, diag::Sink& sink);
void contacts(const model::Cv& cv, diag::Sink& sink);
void addresses(const model::Cv& cv, References& references, diag::Sink& sink);
void identifiers(const model::Cv& cv, diag::Sink& sink);
void nesting(const model::Cv& cv, diag::Sink& sink);
// Words and texts longer than TeX has room for (E0315), letters with more accents than text may have (E0310).
void lengths(const model::Cv& cv, diag::Sink& sink);

// Ids that are used twice (E0401), links that lead nowhere (E0402).
void references(const References& all, diag::Sink& sink);

// Elements that are there and hold no text, and groups without members (E0311).
void empty(const model::Cv& cv, const diag::Sources& sources, diag::Sink& sink);

// The offsets of the characters in a text (valid UTF-8) that the target can't print.
using Unprintable = std::function<std::vector<std::size_t>(std::string_view text)>;

// Reports characters that can't be printed (E0310), neighbouring ones together. `advice` is what to do about visible ones.
void printable(const model::Cv& cv, const diag::Sources& sources, const Unprintable& unprintable, std::string_view advice, diag::Sink& sink);

}  // namespace cvgen::check
