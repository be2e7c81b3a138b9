// Writes schema/*.xsd, which are embedded, as C++ source into the current folder. Fails on what lies outside the subset of
// XSD that cvgen understands.
#include <exception>
#include <fstream>
#include <iostream>
#include <string>

#include "embedded.hpp"
#include "schema/load.hpp"
#include "schema/source.hpp"

namespace {

bool write(const std::string& function, std::string_view xsd) {
  std::ofstream file(function + ".cpp");
  file << cvgen::schema::source(cvgen::schema::load(xsd).grammar, function);
  return static_cast<bool>(file.flush());
}

}  // namespace

int main() {
  try {
    return write("cv_grammar", cvgen::embedded::schema()) && write("template_grammar", cvgen::embedded::template_schema()) ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
