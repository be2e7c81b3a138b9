// template.xml -> Template.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "diag/diagnostic.hpp"
#include "model/template.hpp"

namespace cvgen::read {

// What several frames have in common: latex-templates/parts/NAME.tex.
struct Part {
  std::string_view name;
  std::string_view path;  // as diagnostics show it
  std::string_view text;
};

// The text of a frame with its lines `<<part NAME>>`, and those of the parts, replaced by the parts. Each part stands once
// at most; E0604 on one that is not there, comes twice or pulls itself in.
std::string whole_frame(diag::Sources& sources, std::uint32_t frame, std::span<const Part> parts, diag::Sink& sink);

// `frame` is the text of preamble.tex, whole. Throws std::logic_error on a malformed declaration: templates are part of the
// program.
model::Template template_of(std::string_view declaration, std::string_view frame);

}  // namespace cvgen::read
