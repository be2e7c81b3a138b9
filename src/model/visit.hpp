// Walks over all that is printed of a CV.
#pragma once

#include <functional>
#include <string_view>

#include "model/cv.hpp"

namespace cvgen::model {

struct Visitor {
  // Running text and its links; called for empty ones too.
  std::function<void(const Text&)> text = [](const Text&) {};
  // A printed value that stands in an attribute or as the whole text of an element.
  std::function<void(const Located&)> value = [](const Located&) {};
  // An address to link to.
  std::function<void(const Located&)> address = [](const Located&) {};
  // The dates of an entry.
  std::function<void(const Dates&)> dates = [](const Dates&) {};
};

void visit(const Cv& cv, const Visitor& visitor);

// The ids of sections and items, with the spans of their elements, in document order.
void visit_ids(const Cv& cv, const std::function<void(const std::string& id, diag::Span span)>& visit);

}  // namespace cvgen::model
