// What every template must be able to set: each command of the vocabulary with each of its arguments empty and full.
#pragma once

#include <string>
#include <vector>

#include "write/latex/document.hpp"

namespace cvgen::latex {

// A word that must be found in the PDF, and the line (from 1) of `text` that prints it.
struct ContractWord {
  std::string word;
  std::size_t line = 0;
};

struct Contract {
  std::string text;  // the head, an empty line, the body; one command to a line
  std::vector<ContractWord> words;
};

// Refers to a photo of the name photo.png.
Contract contract();

// The contract as a document. Its lines come from `source`, a file with the contract's text.
Document contract_document(const diag::Sources& sources, std::uint32_t source, const model::Template& look, const model::ResolvedSettings& settings);

}  // namespace cvgen::latex
