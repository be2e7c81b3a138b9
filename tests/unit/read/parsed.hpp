// XML in a test -> elements and models, with their sources to look spans up in.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "diag/diagnostic.hpp"
#include "model/cv.hpp"
#include "read/cv.hpp"
#include "xml/tree.hpp"

struct Parsed {
  cvgen::diag::Sources sources;
  cvgen::diag::Sink sink;
  cvgen::xml::Element root;
  std::unique_ptr<cvgen::xml::Arena> memory;

  explicit Parsed(const std::string& text) {
    const auto file = sources.add("cv.xml", text);
    auto document = cvgen::xml::parse(sources, file, sink);
    REQUIRE(document);
    REQUIRE_FALSE(sink.has_errors());
    root = document->root;
    memory = std::move(document->memory);
  }
  cvgen::model::Cv cv() const { return cvgen::read::cv(root); }
  std::string slice(cvgen::diag::Span span) const { return std::string(sources.slice(span)); }
};
