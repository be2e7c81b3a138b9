#include "check/template.hpp"

#include <doctest/doctest.h>

#include "cli/templates.hpp"
#include "embedded.hpp"
#include "read/template.hpp"
#include "schema/validate.hpp"

using namespace cvgen;

TEST_CASE("cvgen's own templates are declared as those of others must be") {
  for (const auto& name : cli::template_names()) {
    CAPTURE(name);
    diag::Sources sources;
    diag::Sink sink;
    const auto document = xml::parse(sources, sources.add("template.xml", std::string(embedded::latex_template(name + "/template.xml"))), sink);
    REQUIRE(document);
    schema::validate(schema::template_grammar(), "template", document->root, sink);
    auto look = read::template_of(document->root);
    CHECK(look.name == name);
    check::declaration(look, sink);
    look.frame = cli::find_template(name)->frame;
    check::frame(look, sink);
    for (const auto& fault : sink.sorted()) FAIL_CHECK(fault.message);
  }
}

TEST_CASE("conditions of a frame are closed") {
  model::Template look;
  for (const std::string line : {"<<requirements>>", "<<characters>>", "<<head>>", "<<metadata>>", "<<document>>", "\\begin{document}", "\\makecvtitle", "<<body>>"}) look.frame.push_back({line, {}});
  diag::Sink none;
  check::frame(look, none);
  CHECK(none.sorted().empty());
  model::SettingRule rule;
  rule.name.value = "a";
  rule.values.emplace_back();
  rule.values.back().name.value = "b";
  look.settings.push_back(rule);
  look.frame.push_back({"<<if a=b>>", {}});
  diag::Sink open;
  check::frame(look, open);
  REQUIRE(open.sorted().size() == 1);
  CHECK(open.sorted().front().code == diag::Code::E0606);
}
