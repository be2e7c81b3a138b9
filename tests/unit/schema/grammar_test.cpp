#include "schema/grammar.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "embedded.hpp"

using namespace cvgen;

namespace {

std::string schema_of(const std::string& body) {
  return "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:cvgen=\"urn:cvgen:schema\">" + body + "</xs:schema>";
}

// A schema whose root has this content; a, b and c are empty elements.
schema::Grammar with_content(const std::string& content) {
  std::string body = "<xs:element name=\"r\"><xs:complexType>" + content + "</xs:complexType></xs:element>";
  for (const auto* name : {"a", "b", "c"}) body += "<xs:element name=\"" + std::string(name) + "\"><xs:complexType/></xs:element>";
  return schema::load(schema_of(body));
}

// Whether the content of <r> takes these one-letter children.
bool takes(const schema::Grammar& grammar, std::string_view children) {
  const auto& states = grammar.element("r")->content.states;
  std::size_t state = 0;
  for (const char child : children) {
    const auto next = states[state].next.find(std::string(1, child));
    if (next == states[state].next.end()) return false;
    state = next->second;
  }
  return states[state].accepting;
}

std::string element(const std::string& name, const std::string& bounds = "") { return "<xs:element ref=\"" + name + "\" " + bounds + "/>"; }

schema::SimpleType type_of(const std::string& facets) {
  return schema::load(schema_of("<xs:simpleType name=\"t\"><xs:restriction base=\"xs:token\">" + facets + "</xs:restriction></xs:simpleType>")).types.at("t");
}

}  // namespace

TEST_CASE("cv.xsd: loads, and everything in it is documented") {
  const auto grammar = schema::load(embedded::schema());
  CHECK(grammar.elements.size() > 60);
  for (const auto& [name, rule] : grammar.elements) {
    CAPTURE(name);
    CHECK(rule.name == name);
    CHECK_FALSE(rule.documentation.empty());
    for (const auto& attribute : rule.attributes) {
      CAPTURE(attribute.name);
      CHECK_FALSE(attribute.documentation.empty());
      REQUIRE(attribute.type != nullptr);
    }
  }
  for (const auto& [name, type] : grammar.types) {
    CAPTURE(name);
    CHECK_FALSE(type.documentation.empty());
  }
}

TEST_CASE("cv.xsd: every element but the root has a place, and every note speaks of children") {
  const auto grammar = schema::load(embedded::schema());
  for (const auto& [name, rule] : grammar.elements) {
    CAPTURE(name);
    CHECK(grammar.parents(name).empty() == (name == "cv"));
    for (const auto& child : rule.needs) CHECK(rule.content.allows(child));
    for (const auto& child : rule.once) CHECK(rule.content.allows(child));
  }
}

TEST_CASE("load: attributes and notes") {
  const auto grammar = schema::load(embedded::schema());
  const auto& degree = *grammar.element("degree");
  CHECK(degree.attribute("from")->type->name == "date");
  CHECK(degree.attribute("to")->type->name == "endDate");
  CHECK_FALSE(degree.attribute("from")->required);
  CHECK(degree.attribute("href") == nullptr);
  CHECK(degree.needs == std::vector<std::string>{"title", "institution"});
  CHECK(grammar.element("a")->attribute("href")->required);
  CHECK(grammar.element("a")->mixed);
  CHECK_FALSE(degree.mixed);
  CHECK(grammar.element("nothing") == nullptr);
  CHECK(grammar.parents("employment") == std::vector<std::string>{"experience", "section"});
}

TEST_CASE("content: sequence, choice, groups and bounds") {
  const auto sequence = with_content("<xs:sequence>" + element("a") + element("b", "minOccurs=\"0\"") + element("c", "maxOccurs=\"unbounded\"") + "</xs:sequence>");
  for (const auto* good : {"ac", "abc", "abccc", "acc"}) CHECK(takes(sequence, good));
  for (const auto* bad : {"", "a", "ab", "c", "bc", "aabc", "abbc", "acb"}) CHECK_FALSE(takes(sequence, bad));

  const auto choice = with_content("<xs:choice minOccurs=\"0\" maxOccurs=\"unbounded\">" + element("a") + element("b") + "</xs:choice>");
  for (const auto* good : {"", "a", "b", "abba"}) CHECK(takes(choice, good));
  CHECK_FALSE(takes(choice, "ac"));

  const auto nested = with_content("<xs:sequence><xs:sequence minOccurs=\"0\">" + element("a") + element("b") + "</xs:sequence>" +
                                   "<xs:choice maxOccurs=\"unbounded\">" + element("c") + "</xs:choice></xs:sequence>");
  for (const auto* good : {"c", "abc", "abcc"}) CHECK(takes(nested, good));
  for (const auto* bad : {"", "ab", "ac", "ababc"}) CHECK_FALSE(takes(nested, bad));

  const auto empty = with_content("");
  CHECK(takes(empty, ""));
  CHECK_FALSE(takes(empty, "a"));
  CHECK(empty.element("r")->content.names.empty());
}

TEST_CASE("load: what lies outside the subset is refused") {
  const std::string bodies[] = {
      "<xs:include schemaLocation=\"x\"/>",
      "<xs:attribute name=\"a\"/>",
      "<xs:element name=\"r\"/>",
      "<xs:element name=\"r\" type=\"unknown\"/>",
      "<xs:element name=\"r\" nillable=\"true\"><xs:complexType/></xs:element>",
      "<xs:element name=\"r\"><xs:complexType/><xs:key name=\"k\"/></xs:element>",
      "<xs:element name=\"r\"><xs:complexType abstract=\"true\"/></xs:element>",
      "<xs:element name=\"r\"><xs:complexType><xs:all/></xs:complexType></xs:element>",
      "<xs:element name=\"r\"><xs:complexType><xs:simpleContent/></xs:complexType></xs:element>",
      "<xs:element name=\"r\"><xs:complexType><xs:sequence><xs:any/></xs:sequence></xs:complexType></xs:element>",
      "<xs:element name=\"r\"><xs:complexType><xs:sequence><xs:element name=\"a\"/></xs:sequence></xs:complexType></xs:element>",
      "<xs:element name=\"r\"><xs:complexType><xs:sequence><xs:element ref=\"unknown\"/></xs:sequence></xs:complexType></xs:element>",
      "<xs:element name=\"r\"><xs:complexType><xs:sequence><xs:element ref=\"r\" maxOccurs=\"2\"/></xs:sequence></xs:complexType></xs:element>",
      "<xs:element name=\"r\"><xs:complexType><xs:group ref=\"unknown\"/></xs:complexType></xs:element>",
      "<xs:group name=\"g\"><xs:group ref=\"g\"/></xs:group><xs:element name=\"r\"><xs:complexType><xs:group ref=\"g\"/></xs:complexType></xs:element>",
      "<xs:element name=\"r\"><xs:complexType><xs:attribute name=\"a\" type=\"xs:date\"/></xs:complexType></xs:element>",
      "<xs:element name=\"r\"><xs:complexType><xs:attribute name=\"a\" type=\"t\" default=\"x\"/></xs:complexType></xs:element>"
      "<xs:simpleType name=\"t\"><xs:restriction base=\"xs:token\"/></xs:simpleType>",
      "<xs:element name=\"r\"><xs:complexType><xs:attribute name=\"a\" type=\"t\" use=\"prohibited\"/></xs:complexType></xs:element>"
      "<xs:simpleType name=\"t\"><xs:restriction base=\"xs:token\"/></xs:simpleType>",
      "<xs:element name=\"r\"><xs:complexType><xs:attributeGroup ref=\"unknown\"/></xs:complexType></xs:element>",
      "<xs:element name=\"r\"><xs:annotation><xs:appinfo><note/></xs:appinfo></xs:annotation><xs:complexType/></xs:element>",
      "<xs:element name=\"r\"><xs:annotation><xs:appinfo><cvgen:children once=\"x\"/></xs:appinfo></xs:annotation><xs:complexType/></xs:element>",
      "<xs:simpleType name=\"t\"><xs:restriction base=\"xs:integer\"/></xs:simpleType>",
      "<xs:simpleType name=\"t\"><xs:union/></xs:simpleType>",
      "<xs:simpleType name=\"t\"><xs:restriction base=\"xs:token\"><xs:length value=\"2\"/></xs:restriction></xs:simpleType>",
      "<xs:simpleType name=\"t\"><xs:restriction base=\"xs:token\"><xs:minLength value=\"x\"/></xs:restriction></xs:simpleType>",
      "<xs:simpleType name=\"t\"><xs:restriction base=\"xs:token\"><xs:pattern value=\"\\d\"/></xs:restriction></xs:simpleType>",
      "<xs:simpleType name=\"t\"><xs:restriction base=\"xs:token\"><xs:pattern value=\"a$\"/></xs:restriction></xs:simpleType>",
      "<xs:simpleType name=\"t\"><xs:restriction base=\"xs:token\"><xs:pattern value=\"(\"/></xs:restriction></xs:simpleType>",
      "<xs:sequence>",
  };
  for (const auto& body : bodies) {
    CAPTURE(body);
    CHECK_THROWS_AS(schema::load(schema_of(body)), std::logic_error);
  }
  CHECK_THROWS_AS(schema::load("<cv/>"), std::logic_error);
  CHECK_THROWS_AS(with_content("<xs:choice>" + element("a") + element("a") + "</xs:choice>"), std::logic_error);  // ambiguous
}

TEST_CASE("simple types") {
  const auto listed = type_of("<xs:enumeration value=\"yes\"/><xs:enumeration value=\"no\"/>");
  CHECK(listed.accepts("yes"));
  CHECK_FALSE(listed.accepts("YES"));
  CHECK_FALSE(listed.accepts(""));
  CHECK(listed.words() == std::vector<std::string>{"yes", "no"});

  const auto either = type_of("<xs:pattern value=\"[0-9]{4}\"/><xs:pattern value=\"present\"/>");
  CHECK(either.accepts("2023"));
  CHECK(either.accepts("present"));
  CHECK_FALSE(either.accepts("2023present"));
  CHECK_FALSE(either.accepts("x2023"));
  CHECK_FALSE(either.accepts("2023\n"));
  CHECK(either.words() == std::vector<std::string>{"present"});

  const auto bounded = type_of("<xs:minLength value=\"1\"/><xs:maxLength value=\"3\"/>");
  CHECK(bounded.accepts("äöü"));
  CHECK_FALSE(bounded.accepts(""));
  CHECK_FALSE(bounded.accepts("abcd"));
}
