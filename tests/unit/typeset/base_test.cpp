#include "typeset/base.hpp"

#include <doctest/doctest.h>

using namespace cvgen;

namespace {

std::string lines(std::initializer_list<const char*> codes) {
  std::string result;
  for (const auto* code : codes) result += std::string(code) + ";<none>;Cn;0;L;;;;;N;;;;;\n";
  return result;
}

}  // namespace

TEST_CASE("long gaps in UnicodeData.txt are filled, ranges are not") {
  const std::string near = "0041;LATIN CAPITAL LETTER A;Lu;0;L;;;;;N;;;;0061;\n0400;X;Lu;0;L;;;;;N;;;;;\n";
  CHECK(typeset::with_unassigned(near) == near);
  const std::string first = "3400;<CJK Ideograph Extension A, First>;Lo;0;L;;;;;N;;;;;\n", last = "4DBF;<CJK Ideograph Extension A, Last>;Lo;0;L;;;;;N;;;;;\n", after = "53C1;Y;Lo;0;L;;;;;N;;;;;\n";
  CHECK(typeset::with_unassigned(first + last + after) == lines({"0200", "0400", "0600", "0800", "0A00", "0C00", "0E00", "1000", "1200", "1400", "1600", "1800", "1A00", "1C00", "1E00",
                                                                 "2000", "2200", "2400", "2600", "2800", "2A00", "2C00", "2E00", "3000", "3200"}) +
                                                              first + last + lines({"4F80", "5180", "5380"}) + after);
}

TEST_CASE("arrays for regular expressions are made small, others are not") {
  CHECK(typeset::with_small_arrays("\\intarray_new:Nn \\g__regex_balance_intarray { 65536 }\n\\intarray_new:Nn #1 { 65536 }\n% \\intarray_new:Nn \\g__regex_ { 65536 }\n") ==
        "\\intarray_new:Nn \\g__regex_balance_intarray { 1024 }\n\\intarray_new:Nn #1 { 65536 }\n% \\intarray_new:Nn \\g__regex_ { 65536 }\n");
}
