// Reads file names from standard input and prints for each: form (well-formed or not), structure (valid against the
// schema or not), refused (for a reason that is no fault of form: DOCTYPE, encoding, nesting), and the codes.
//
//   mutant-17.xml form=good structure=bad refused=no E0201 E0206

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "schema/validate.hpp"

namespace {

using namespace cvgen;

std::string verdict(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  diag::Sources sources;
  diag::Sink form, structure;
  const auto file = sources.add(path, {std::istreambuf_iterator<char>(stream), {}});
  const auto document = xml::parse(sources, file, form);
  if (document) schema::validate(schema::cv_grammar(), "cv", document->root, structure);

  bool refused = false, malformed = false, invalid = !document;
  std::string codes;
  for (const auto& d : form.sorted()) {
    // Policy, not form: xmllint reads these.
    const bool policy = d.code == diag::Code::E0110 || d.code == diag::Code::E0113 || d.code == diag::Code::E0101;
    refused = refused || policy;
    malformed = malformed || !policy;
    codes += " " + std::string(diag::info(d.code).name);
  }
  for (const auto& d : structure.sorted()) {
    // XSD 1.0 can't say these (see cv.xsd), so xmllint doesn't.
    const bool ours = d.code == diag::Code::E0208 || d.code == diag::Code::E0209;
    invalid = invalid || !ours;
    codes += " " + std::string(diag::info(d.code).name);
  }
  return path + " form=" + (malformed ? "bad" : "good") + " structure=" + (invalid || malformed ? "bad" : "good") + " refused=" + (refused ? "yes" : "no") + codes;
}

}  // namespace

int main() {
  for (std::string path; std::getline(std::cin, path);) std::cout << verdict(path) << "\n";
}
