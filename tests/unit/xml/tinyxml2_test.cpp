// The tree against that of another parser, on the CVs and well-formed files of this repository. tinyxml2 drops text that is
// all blanks, and keeps the comments that split text.
#include <doctest/doctest.h>
#include <tinyxml2.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "xml/characters.hpp"
#include "xml/tree.hpp"

using namespace cvgen;

namespace {

std::string shown(std::string_view text) {
  return std::all_of(text.begin(), text.end(), xml::is_blank) ? "" : "\"" + std::string(text) + "\"";
}

// As `normalised` in XML 1.0, section 3.3.3.
std::string shown(std::string_view name, std::string value) {
  std::replace_if(value.begin(), value.end(), xml::is_blank, ' ');
  return " " + std::string(name) + "=" + value;
}

std::string shown(const xml::Element& element) {
  std::string result = "(" + std::string(element.name);
  for (const auto& a : element.attributes) result += shown(a.name, std::string(a.value));
  for (const auto& node : element.children) {
    const auto* text = std::get_if<xml::Text>(&node);
    result += text != nullptr ? shown(text->value) : shown(std::get<xml::Element>(node));
  }
  return result + ")";
}

std::string shown(const tinyxml2::XMLElement& element) {
  std::string result = std::string("(") + element.Name();
  for (const auto* a = element.FirstAttribute(); a != nullptr; a = a->Next()) result += shown(a->Name(), a->Value());
  for (const auto* node = element.FirstChild(); node != nullptr; node = node->NextSibling()) {
    if (const auto* text = node->ToText()) result += shown(text->Value());
    else if (const auto* child = node->ToElement()) result += shown(*child);
  }
  return result + ")";
}

}  // namespace

TEST_CASE("parse: the same tree as tinyxml2's") {
  const std::filesystem::path repository = CVGEN_ROOT;
  std::size_t compared = 0;
  for (const auto* folder : {"cv-data", "examples", "tests/diagnostics", "tests/conformance/corpus"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(repository / folder)) {
      if (entry.path().extension() != ".xml") continue;
      std::ifstream stream(entry.path(), std::ios::binary);
      const std::string text{std::istreambuf_iterator<char>(stream), {}};
      diag::Sources sources;
      diag::Sink sink;
      const auto document = xml::parse(sources, sources.add("cv.xml", text), sink);
      // It takes an instruction in the content for an XML declaration, and refuses it.
      if (sink.has_errors() || text.find("<?", 2) != std::string::npos) continue;
      CAPTURE(entry.path().string());
      REQUIRE(document);
      tinyxml2::XMLDocument other;
      other.Parse(text.data(), text.size());
      REQUIRE_FALSE(other.Error());
      CHECK(shown(document->root) == shown(*other.RootElement()));
      ++compared;
    }
  }
  CHECK(compared > 250);
}
