// One CV of a run: read once, and each wanted variant of it made a document.
#pragma once

#include <string>
#include <vector>

#include "cli/request.hpp"
#include "cli/session.hpp"

namespace cvgen::cli {

// The variant of that name; nothing if there is none (E0504).
const model::Variant* find_variant(const Input& input, const std::string& name, diag::Sink& sink);

struct Rendered {
  std::vector<Compiled> documents;
  std::string dependencies;  // rules for --depfile, if it was given
};

// What is wrong goes into the session's sink. Variants are made by `threads` at most.
Rendered render_cv(const std::string& input, const RenderRequest& request, unsigned threads, Session& session);

// All there is to say about it, whole lines. Of one CV among others, what was written is told only when verbose.
std::string words_on(const Rendered& rendered, const RenderRequest& request, const Session& session);

// The file of --depfile, if it was given and all went well; else the old one is still right. E0802 if it can't be written.
void write_depfile(const std::string& rules, const RenderRequest& request, Session& session);

}  // namespace cvgen::cli
