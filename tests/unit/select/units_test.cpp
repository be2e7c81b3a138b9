#include "select/units.hpp"

#include <doctest/doctest.h>

using namespace cvgen;
using select::must;

namespace {

struct Parsed {
  diag::Sources sources;
  diag::Sink sink;
  std::unique_ptr<xml::Arena> memory;
};

xml::Element parse(Parsed& parsed, const std::string& sections) {
  const auto file = parsed.sources.add("cv.xml", "<cv version=\"1\"><person/>" + sections + "</cv>");
  auto document = xml::parse(parsed.sources, file, parsed.sink);
  REQUIRE(document);
  parsed.memory = std::move(document->memory);
  return document->root;
}

std::vector<int> weights(const std::string& sections) {
  Parsed parsed;
  std::vector<int> result;
  for (const auto& unit : select::units(parse(parsed, sections)).list) result.push_back(unit.weight);
  return result;
}

std::size_t elements(const xml::Element& element, std::string_view name) {
  std::size_t sum = element.name == name ? 1 : 0;
  for (const auto* child : xml::children(element)) sum += elements(*child, name);
  return sum;
}

}  // namespace

TEST_CASE("units: a weight counts no more than that of the entry around it") {
  CHECK(weights("<projects><project weight='3'><title>A</title><highlights><item weight='8'>a</item><item weight='2'>b</item></highlights></project></projects>") ==
        std::vector<int>{3, 3, 2});
  CHECK(weights("<talks><talk/></talks>") == std::vector<int>{5});
}

TEST_CASE("units: what must stay needs what is around it") {
  CHECK(weights("<projects><project weight='1'><highlights><item>a<highlights><item weight='must'>b</item></highlights></item><item>c</item></highlights></project></projects>") ==
        std::vector<int>{must, must, must, 5});
}

TEST_CASE("units: positions have the weight of the employment unless they have their own") {
  CHECK(weights("<experience><employment weight='7'><position/><position weight='9'/></employment></experience>") == std::vector<int>{7, 7, 7});
  CHECK(weights("<experience><employment><position/><position weight='9'/></employment></experience>") == std::vector<int>{10, 5, 9});
  CHECK(weights("<experience><employment weight='must'><position weight='2'/><position weight='3'/></employment></experience>") == std::vector<int>{must, 2, must});
}

TEST_CASE("units: names and sections") {
  Parsed parsed;
  const auto units = select::units(parse(parsed, "<skills><skill>C</skill><skill>D</skill><group label='Tools'/></skills><talks/><awards><award><title>A <b>prize</b></title></award></awards>"));
  REQUIRE(units.list.size() == 3);
  CHECK(units.sections.size() == 2);
  CHECK(units.list[0].name == "C, D");
  CHECK(units.list[1].name == "Tools");
  CHECK(units.list[2].name == "A prize");
  CHECK(units.list[2].section == 1);
}

TEST_CASE("without: units go with all that is in them, and what that empties goes too") {
  Parsed parsed;
  const auto root = parse(parsed,
                          "<projects><project id='p'><title>A</title><highlights><item>a</item></highlights></project></projects>"
                          "<talks><talk><title href='#p'>T</title></talk><talk><title>U</title></talk></talks>");
  const auto list = select::units(root).list;
  const auto no_point = select::without(root, {list[1].span}, *parsed.memory);
  CHECK(elements(no_point, "project") == 1);
  CHECK(elements(no_point, "highlights") == 0);
  const auto no_project = select::without(root, {list[0].span}, *parsed.memory);
  CHECK(elements(no_project, "projects") == 0);
  CHECK(elements(no_project, "talk") == 2);
  const auto& talks = std::get<xml::Element>(no_project.children.back());
  const auto& talk = std::get<xml::Element>(talks.children.front());
  CHECK(talk.attributes.empty());
  CHECK(std::get<xml::Element>(talk.children.front()).attribute("href") == nullptr);
}
