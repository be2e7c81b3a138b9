#include "diag/render/sarif.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

using namespace cvgen::diag;
using nlohmann::json;

TEST_CASE("SARIF: a result with its places, its advice and its fix") {
  Sources sources;
  const auto file = sources.add("my cvs/a:b.xml", "<cv>\n  <é lng='x'>\n");
  const auto d = at({file, 11, 14}, Code::E0205, "no attribute `lng`").label("here").also({file, 7, 10}, "of this").helps("write `lang`").fixed_by({file, 11, 14}, "lang");
  const auto log = json::parse(sarif_log(sarif_results(std::vector{d}, sources)));
  CHECK(log["version"] == "2.1.0");
  CHECK(log["runs"].size() == 1);
  const auto& run = log["runs"][0];
  CHECK(run["columnKind"] == "unicodeCodePoints");
  CHECK(run["results"].size() == 1);
  const auto& result = run["results"][0];
  CHECK(result["ruleId"] == "E0205");
  CHECK(run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()]["id"] == "E0205");
  CHECK(result["level"] == "error");
  CHECK(result["message"]["text"] == "no attribute `lng`: here\nhelp: write `lang`");
  const auto& place = result["locations"][0]["physicalLocation"];
  CHECK(place["artifactLocation"]["uri"] == "my%20cvs/a%3Ab.xml");
  CHECK(place["region"] == json::parse(R"({"startLine": 2, "startColumn": 6, "endLine": 2, "endColumn": 9, "byteOffset": 11, "byteLength": 3})"));
  CHECK(result["relatedLocations"][0]["message"]["text"] == "of this");
  const auto& replacement = result["fixes"][0]["artifactChanges"][0]["replacements"][0];
  CHECK(replacement["deletedRegion"]["byteOffset"] == 11);
  CHECK(replacement["insertedContent"]["text"] == "lang");
}

TEST_CASE("SARIF: nothing to tell, no place, odd names and bytes") {
  Sources sources;
  CHECK(json::parse(sarif_log(sarif_results({}, sources)))["runs"][0]["results"].empty());
  const auto file = sources.add("/tmp/caf\xE9.xml", "x");
  const std::vector list = {at({file, 0, 1}, Code::W0701, "a\xFF\x1B\xE2\x80\xAE"), nowhere(Code::E0701, "no pdflatex")};
  const auto results = json::parse(sarif_log(sarif_results(list, sources)))["runs"][0]["results"];
  CHECK(results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "file:///tmp/caf%E9.xml");
  CHECK(results[0]["level"] == "warning");
  CHECK(results[0]["message"]["text"] == "a<FF><U+001B><U+202E>");
  CHECK_FALSE(results[1].contains("locations"));
}
