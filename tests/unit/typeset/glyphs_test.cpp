#include "typeset/glyphs.hpp"

#include <doctest/doctest.h>
#include <zlib.h>

using namespace cvgen;

namespace {

std::string compressed(const std::string& bytes) {
  auto size = ::compressBound(bytes.size());
  std::string result(size, '\0');
  REQUIRE(::compress(reinterpret_cast<Bytef*>(result.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()) == Z_OK);
  return result.substr(0, size);
}

using Names = std::set<std::string>;

}  // namespace

TEST_CASE("the glyphs of a PDF, in object streams and outside") {
  const auto stream = compressed("79 0\n<< /Type/FontDescriptor /CharSet(/B/quotesingle.ts1) >>\n<< /CharSet (/C) >>");
  const auto pdf = "%PDF-1.5\n<< /CharSet(/A/B) >>\n8 0 obj\n<< /Type /ObjStm /N 1 >>\nstream\n" + stream + "\nendstream\n9 0 obj\n<< /Type /XObject >>\nstream\n/CharSet(\nendstream\n";
  CHECK(typeset::glyphs_in(pdf) == Names{"A", "B", "C", "quotesingle.ts1"});
  CHECK(typeset::glyphs_in("") == Names{});
  CHECK(typeset::glyphs_in("/ObjStm\nstream\nno zlib\nendstream") == Names{});
  for (std::size_t size = 0; size < pdf.size(); ++size) typeset::glyphs_in(pdf.substr(0, size));
}

TEST_CASE("a glyph that a font file lacks, in a log") {
  CHECK(typeset::lacks_glyphs("[1]\npdfTeX warning: /usr/bin/pdflatex (file /x/qplr.pfb): glyph `eacute' undefined\n</x/qplr.pfb>"));
  CHECK_FALSE(typeset::lacks_glyphs("Overfull \\hbox (file x): glyph `eacute' is good\n"));
  CHECK_FALSE(typeset::lacks_glyphs(""));
}
