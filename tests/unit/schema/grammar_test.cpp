#include "schema/grammar.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "embedded.hpp"
#include "schema/load.hpp"
#include "schema/source.hpp"

using namespace cvgen;

namespace {

std::string schema_of(const std::string& body) {
  return "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:cvgen=\"urn:cvgen:schema\">" + body + "</xs:schema>";
}

// A schema whose root has this content; a, b and c are empty elements.
schema::Loaded with_content(const std::string& content) {
  std::string body = "<xs:element name=\"r\"><xs:complexType>" + content + "</xs:complexType></xs:element>";
  for (const auto* name : {"a", "b", "c"}) body += "<xs:element name=\"" + std::string(name) + "\"><xs:complexType/></xs:element>";
  return schema::load(schema_of(body));
}

// Whether the content of <r> takes these one-letter children.
bool takes(const schema::Loaded& loaded, std::string_view children) {
  const auto& grammar = loaded.grammar;
  const auto& states = grammar.element("r")->content.states;
  std::size_t state = 0;
  for (const char child : children) {
    const auto next = states[state].after(grammar.number(*grammar.element(std::string(1, child))));
    if (!next) return false;
    state = *next;
  }
  return states[state].accepting;
}

std::string element(const std::string& name, const std::string& bounds = "") { return "<xs:element ref=\"" + name + "\" " + bounds + "/>"; }

schema::Loaded type_of(const std::string& facets) {
  return schema::load(schema_of("<xs:simpleType name=\"t\"><xs:restriction base=\"xs:token\">" + facets + "</xs:restriction></xs:simpleType>"));
}

}  // namespace

TEST_CASE("cv.xsd, template.xsd: what is compiled in is what they say") {
  CHECK(schema::source(schema::cv_grammar(), "f") == schema::source(schema::load(embedded::schema()).grammar, "f"));
  CHECK(schema::source(schema::template_grammar(), "f") == schema::source(schema::load(embedded::template_schema()).grammar, "f"));
}

TEST_CASE("cv.xsd: everything in it is documented") {
  const auto& grammar = schema::cv_grammar();
  CHECK(grammar.elements.size() > 60);
  for (const auto& rule : grammar.elements) {
    CAPTURE(rule.name);
    CHECK(grammar.element(rule.name) == &rule);
    CHECK_FALSE(rule.documentation.empty());
    for (const auto& attribute : rule.attributes) {
      CAPTURE(attribute.name);
      CHECK_FALSE(attribute.documentation.empty());
      REQUIRE(attribute.type != nullptr);
    }
  }
  for (const auto& type : grammar.types) {
    CAPTURE(type.name);
    CHECK(grammar.type(type.name) == &type);
    CHECK_FALSE(type.documentation.empty());
  }
}

TEST_CASE("cv.xsd: every element but the root has a place") {
  const auto& grammar = schema::cv_grammar();
  for (const auto& rule : grammar.elements) {
    CAPTURE(rule.name);
    CHECK(grammar.parents(rule).empty() == (rule.name == "cv"));
  }
}

TEST_CASE("load: attributes and notes") {
  const auto& grammar = schema::cv_grammar();
  const auto& degree = *grammar.element("degree");
  CHECK(degree.attribute("from")->type->name == "date");
  CHECK(degree.attribute("to")->type->name == "endDate");
  CHECK_FALSE(degree.attribute("from")->required);
  CHECK(degree.attribute("href") == nullptr);
  CHECK(grammar.names(degree.needs) == std::vector<std::string>{"title", "institution"});
  CHECK(grammar.element("a")->attribute("href")->required);
  CHECK(grammar.element("a")->mixed);
  CHECK_FALSE(degree.mixed);
  CHECK(grammar.element("nothing") == nullptr);
  CHECK(grammar.parents(*grammar.element("employment")) == std::vector<std::string>{"experience", "section"});
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
  CHECK(empty.grammar.element("r")->content.elements.empty());
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
  CHECK(listed.types[0].accepts("yes"));
  CHECK_FALSE(listed.types[0].accepts("YES"));
  CHECK_FALSE(listed.types[0].accepts(""));
  CHECK(listed.types[0].words() == std::vector<std::string>{"yes", "no"});

  const auto either = type_of("<xs:pattern value=\"[0-9]{4}\"/><xs:pattern value=\"present\"/>");
  CHECK(either.types[0].accepts("2023"));
  CHECK(either.types[0].accepts("present"));
  CHECK_FALSE(either.types[0].accepts("2023present"));
  CHECK_FALSE(either.types[0].accepts("x2023"));
  CHECK_FALSE(either.types[0].accepts("2023\n"));
  CHECK(either.types[0].words() == std::vector<std::string>{"present"});

  const auto bounded = type_of("<xs:minLength value=\"1\"/><xs:maxLength value=\"3\"/>");
  CHECK(bounded.types[0].accepts("äöü"));
  CHECK_FALSE(bounded.types[0].accepts(""));
  CHECK_FALSE(bounded.types[0].accepts("abcd"));
}
