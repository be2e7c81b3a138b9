// template.xml -> Template.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "model/template.hpp"
#include "xml/tree.hpp"

namespace cvgen::read {

// What several frames have in common: latex-templates/parts/NAME.tex.
struct Part {
  std::string_view name;
  std::string_view path;  // as diagnostics show it
  std::string_view text;
};

// The lines of a frame with its lines `<<part NAME>>`, and those of the parts, replaced by the parts. Each part stands once
// at most; E0604 on one that is not there, comes twice or pulls itself in.
std::vector<model::FrameLine> whole_frame(diag::Sources& sources, std::uint32_t frame, std::span<const Part> parts, diag::Sink& sink);

// Without its frame. Takes what it can of a declaration that departs from schema/template.xsd.
model::Template template_of(const xml::Element& declaration);

}  // namespace cvgen::read
