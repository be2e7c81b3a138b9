// A text, scanned and parsed, with what a test wants to ask about it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "xml/form.hpp"
#include "xml/tree.hpp"

struct Scanned {
  explicit Scanned(std::string text) {
    file = sources.add("cv.xml", std::move(text));
    tokens = cvgen::xml::scan(sources, file, sink);
    cvgen::diag::Sink unused;
    root = cvgen::xml::parse(sources, file, unused);
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
  std::vector<cvgen::xml::Token> tokens;
  std::optional<cvgen::xml::Element> root;
};
