#include <fmt/format.h>

#include "check/rules.hpp"
#include "model/visit.hpp"

namespace cvgen::check {
namespace {

// LaTeX sets lists four deep, and a one-line entry is a list item itself.
constexpr int deepest_bullets = 3;

void check_depth(const std::vector<model::Highlight>& highlights, int depth, diag::Sink& sink) {
  if (highlights.empty()) return;
  if (depth > deepest_bullets) {
    sink.add(diag::at(highlights.front().span, diag::Code::E0313, fmt::format("bullets are nested more than {} deep", deepest_bullets)).label("too deep")
                 .helps("join it with the bullet above it, or move it up"));
    return;
  }
  for (const auto& highlight : highlights) check_depth(highlight.children, depth + 1, sink);
}

}  // namespace

void nesting(const model::Cv& cv, diag::Sink& sink) {
  for (const auto& section : cv.sections) {
    for (const auto& item : section.items) {
      if (const auto* entry = std::get_if<model::Entry>(&item)) check_depth(entry->highlights, 1, sink);
      if (const auto* bullet = std::get_if<model::Highlight>(&item)) check_depth(bullet->children, 1, sink);
      const auto* employment = std::get_if<model::Employment>(&item);
      if (employment == nullptr) continue;
      for (const auto& position : employment->positions) check_depth(position.highlights, 1, sink);
    }
  }
  if (!cv.letter) return;
  for (const auto& part : cv.letter->body) {
    if (const auto* list = std::get_if<std::vector<model::Highlight>>(&part)) check_depth(*list, 1, sink);
  }
}

}  // namespace cvgen::check
