// A text, parsed, with what a test wants to ask about it.
#pragma once

#include <string>
#include <string_view>

#include "xml/tree.hpp"

struct Scanned {
  explicit Scanned(std::string text) {
    file = sources.add("cv.xml", std::move(text));
    document = cvgen::xml::parse(sources, file, sink);
    if (document) root = document->root;
  }

  std::string_view slice(cvgen::diag::Span span) const { return sources.slice(span); }

  // "E0105 </b>|E0103 &": code and place of each diagnostic.
  std::string faults() const {
    std::string result;
    for (const auto& d : sink.sorted()) {
      if (!result.empty()) result += "|";
      result += std::string(cvgen::diag::info(d.code).name) + " " + std::string(slice(d.primary->span));
    }
    return result;
  }

  cvgen::diag::Sources sources;
  cvgen::diag::Sink sink;
  std::uint32_t file = 0;
  std::optional<cvgen::xml::Document> document;
  std::optional<cvgen::xml::Element> root;
};
