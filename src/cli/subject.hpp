// What a document is made of, whatever its settings, and however often TeX sets it.
#pragma once

#include <string>
#include <vector>

#include "cli/engine.hpp"
#include "cli/look.hpp"
#include "cli/session.hpp"
#include "typeset/pdflatex.hpp"
#include "write/latex/document.hpp"

namespace cvgen::cli {

struct Subject {
  const Loaded& loaded;
  const Look& look;
  const Engine& engine;
  std::vector<typeset::Asset> assets;
  std::string photo;  // its name beside the document
  std::string name;   // of the document, see typeset::Job
  const typeset::Cache* cache;
  typeset::Ahead* ahead;

  // Whether the next run can know of this one.
  bool is_remembered() const { return cache != nullptr && !name.empty(); }
  // A run of it. The document must outlive that.
  typeset::Job job(const latex::Document& document) const;
};

}  // namespace cvgen::cli
