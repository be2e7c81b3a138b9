#include "xml/builder.hpp"

namespace cvgen::xml {

void TreeBuilder::start(const StartTag& tag) {
  if (is_outside()) return;
  attributes_.clear();
  for (const auto& a : tag.attributes) {
    const auto written = form_.slice(a.value);
    attributes_.push_back({shared(form_.slice(a.name)), a.literal ? written : meaning(written, Place::value, *memory_), a.name, a.value});
  }
  const auto attributes = memory_->keep(std::span<const Attribute>(attributes_));
  open_.push_back({{shared(form_.slice(tag.name)), attributes, {}, tag.span}, nodes_.size()});
  if (tag.empty) end(0);
}

std::string_view TreeBuilder::shared(std::string_view name) {
  if (name.empty()) return name;
  auto& known = names_[(name.size() * 8 + static_cast<unsigned char>(name.front())) % names_.size()];
  if (known != name) known = name;
  return known;
}

void TreeBuilder::end(std::uint32_t name) {
  if (is_outside()) return;
  auto [element, first_child] = open_.back();
  open_.pop_back();
  element.children = memory_->keep(std::span<const Node>(nodes_).subspan(first_child));
  element.end_name = name;
  nodes_.erase(nodes_.begin() + static_cast<std::ptrdiff_t>(first_child), nodes_.end());
  if (open_.empty()) document_ = Document{element, std::move(memory_)};
  else nodes_.emplace_back(element);
}

void TreeBuilder::text(diag::Span span, std::string_view written, Place place, bool literal) {
  if (is_outside() || open_.empty()) return;
  nodes_.emplace_back(Text{literal ? written : meaning(written, place, *memory_), span, place == Place::cdata});
}

std::optional<Document> TreeBuilder::finish() {
  while (!is_outside() && !open_.empty()) end(0);
  return form_.has_shape ? std::move(document_) : std::nullopt;
}

}  // namespace cvgen::xml
