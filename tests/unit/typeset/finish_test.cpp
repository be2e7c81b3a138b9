#include "typeset/finish.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "font_maker.hpp"
#include "typeset/flate.hpp"

using namespace cvgen;
using namespace font_maker;

namespace {

std::string stream(const std::string& entries, const std::string& bytes, const std::string& filter = "") {
  return "<<\n" + entries + "/Length " + std::to_string(bytes.size()) + "      \n" + filter + ">>\nstream\n" + bytes + "\nendstream";
}

// A file with these objects, numbered from 1 but placed from the last to the first, and a table of references.
std::string with_table(const std::vector<std::string>& objects) {
  std::string pdf = "%PDF-1.4\n", table;
  for (std::size_t i = objects.size(); i-- > 0;) {
    const auto place = std::to_string(pdf.size());
    table = std::string(10 - place.size(), '0') + place + " 00000 n \n" + table;
    pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const auto begin = pdf.size();
  return pdf + "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n" + table + "trailer\n<< /Size " + std::to_string(objects.size() + 1) + "\n/Root 1 0 R >>\nstartxref\n" +
         std::to_string(begin) + "\n%%EOF\n";
}

std::string row(std::size_t kind, std::size_t place, std::size_t index) { return {static_cast<char>(kind), static_cast<char>(place >> 8), static_cast<char>(place), static_cast<char>(index)}; }

// The same with a stream of references, the last object; another object is said to be in the first.
std::string with_stream(const std::vector<std::string>& objects, const std::string& filter = "") {
  std::string pdf = "%PDF-1.5\n", rows = row(0, 0, 255);
  for (std::size_t i = 0; i < objects.size(); ++i) {
    rows += row(1, pdf.size(), 0);
    pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  rows += row(2, 1, 0) + row(1, pdf.size(), 0);
  const auto own = std::to_string(objects.size() + 2), count = std::to_string(objects.size() + 3), begin = std::to_string(pdf.size());
  if (!filter.empty()) rows = typeset::Deflater().deflated(rows);
  return pdf + own + " 0 obj\n" + stream("/Type /XRef\n/Index [0 " + count + "]\n/Size " + count + "\n/W [1 2 1]\n/Root 1 0 R\n", rows, filter) + "\nendobj\nstartxref\n" + begin + "\n%%EOF\n";
}

const std::string clear = "%!PS-AdobeFont-1.0: Test\ncurrentfile eexec\n";

// As a PDF has it, with two subroutines to spare if `whole`.
std::string font_object(bool whole, const std::string& filter = "") {
  std::string subroutines = "/Subrs " + std::to_string(whole ? 8 : 6) + " array\n";
  for (int i = 0; i < (whole ? 8 : 6); ++i) subroutines += subroutine(i, return_);
  const auto secret = cipher(font("1", glyph("A", number(whole ? 7 : 5) + callsubr + endchar), subroutines + "ND\n"));
  const auto entries = "/Length1 " + std::to_string(clear.size()) + "\n/Length2 " + std::to_string(secret.size()) + "\n/Length3 0\n";
  return stream(entries, filter.empty() ? clear + secret : typeset::Deflater().deflated(clear, secret), filter);
}

const std::string flate = "/Filter /FlateDecode\n", page = "<< /Type /Catalog >>", metadata = stream("/Type/Metadata/Subtype/XML\n", "<x:xmpmeta/>");

}  // namespace

TEST_CASE("a finished PDF has smaller fonts and no streams as they are but metadata") {
  const auto text = std::string(200, 'x');
  const auto finished = typeset::finished(with_table({page, font_object(true), metadata, stream("/Name 1\n", text)}));
  CHECK(finished.find("/Length3 0\n/Length ") != std::string::npos);
  CHECK(finished.find(metadata) != std::string::npos);
  CHECK(finished.find(text) == std::string::npos);
  // It says where its objects are.
  const auto table = finished.find("xref\n0 5\n0000000000 65535 f \n");
  REQUIRE(table != std::string::npos);
  for (int i = 1; i <= 4; ++i) {
    const auto place = std::stoul(finished.substr(table + 9 + 20 * static_cast<std::size_t>(i), 10));
    CHECK(finished.substr(place, 8) == std::to_string(i) + " 0 obj\n");
  }
  CHECK(finished.ends_with("startxref\n" + std::to_string(table) + "\n%%EOF\n"));
  // Once is enough.
  CHECK(typeset::finished(finished) == finished);
}

TEST_CASE("a finished PDF does not tell how large its fonts were, nor what was compressed") {
  const auto least = typeset::finished(with_stream({page, font_object(false, flate)}, flate));
  for (const auto& pdf : {with_stream({page, font_object(true)}), with_stream({page, font_object(true, flate)}), with_stream({page, font_object(false)}), with_stream({page, font_object(true)}, flate)}) {
    CHECK(typeset::finished(pdf) == least);
  }
  CHECK(least.find("/W [1 2 1]\n") != std::string::npos);
  const auto large = typeset::finished(with_table({std::string(70'000, ' '), font_object(true)}));
  CHECK(large.size() > 70'000);
}

TEST_CASE("what is not laid out as pdfTeX does it stays as it is") {
  const auto stays = [](const std::string& pdf) { return typeset::finished(pdf) == pdf; };
  CHECK(stays(""));
  CHECK(stays("%PDF-1.5\n"));
  CHECK(stays(with_table({page, metadata})));
  const auto table = with_table({page, font_object(true)}), references = with_stream({page, font_object(true)});
  CHECK_FALSE(stays(table));
  for (const auto& pdf : {table, references}) {
    for (std::size_t size = 0; size < pdf.size(); ++size) CHECK(stays(pdf.substr(0, size)));
    // Any byte may be another one.
    for (std::size_t i = 0; i < pdf.size(); ++i) {
      for (const char other : {'0', '9', '\n', '\xFF'}) {
        auto damaged = pdf;
        damaged[i] = other;
        CHECK(!typeset::finished(damaged).empty());
      }
    }
  }
  // A font whose lengths lie, or with other things about it.
  auto font = font_object(true);
  CHECK(stays(with_table({page, "<<\n/Filter /FlateDecode\n" + font.substr(3)})));
  CHECK(typeset::finished(with_table({page, "<<\n/Subtype /Type1C\n" + font.substr(3)})).find("/Subtype /Type1C\n/Length1 ") != std::string::npos);
}

TEST_CASE("streams go through zlib and back") {
  typeset::Deflater deflater;
  std::string text, noise;
  unsigned state = 1;
  for (int i = 0; i < 100'000; ++i) {
    state = state * 1103515245U + 12345U;
    noise.push_back(static_cast<char>(state >> 16U));
    text += std::to_string(i % 97);
  }
  for (int i = 0; i < 2; ++i) {
    CHECK(typeset::inflated(deflater.deflated(text), 1U << 20U) == text);
    const auto both = deflater.deflated(text, noise);
    CHECK(typeset::inflated(both, 1U << 20U) == text + noise);
    CHECK(both.size() < text.size() / 2 + noise.size() + noise.size() / 50);
    CHECK_FALSE(typeset::inflated(both, 1000));
    CHECK_FALSE(typeset::inflated(both.substr(0, both.size() - 1), 1U << 20U));
  }
  CHECK(typeset::inflated(deflater.deflated(""), 10) == "");
  CHECK_FALSE(typeset::inflated("no stream", 10));
}
