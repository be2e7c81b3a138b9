#include <doctest/doctest.h>

#include "read/variants.hpp"
#include "select/apply.hpp"
#include "select/check.hpp"

using namespace cvgen;

namespace {

struct Parsed {
  diag::Sources sources;
  diag::Sink sink;
  xml::Element root;
  std::unique_ptr<xml::Arena> memory;
  std::vector<model::Variant> variants;

  explicit Parsed(const std::string& text) {
    const auto file = sources.add("cv.xml", text);
    auto document = xml::parse(sources, file, sink);
    REQUIRE(document);
    root = document->root;
    memory = std::move(document->memory);
    variants = read::variants(root);
  }

  const model::Variant& variant(const std::string& name) const {
    for (const auto& v : variants) {
      if (v.name.value == name) return v;
    }
    FAIL("no variant " << name);
    return variants.front();
  }
};

// The tree as text, without attributes: "cv(person(name) education(degree(title[BSc])))".
std::string shape(const xml::Element& element) {
  std::string inner;
  for (const auto& node : element.children) {
    if (const auto* child = std::get_if<xml::Element>(&node)) inner += (inner.empty() ? "" : " ") + shape(*child);
    else if (const auto& text = std::get<xml::Text>(node).value; text.find_first_not_of(" \n") != std::string::npos) inner += "[" + std::string(text) + "]";
  }
  if (inner.empty() || inner.starts_with("[")) return std::string(element.name) + inner;
  return std::string(element.name) + "(" + inner + ")";
}

model::Variant named(const std::string& name, const std::vector<std::string>& labels = {}) {
  model::Variant variant;
  variant.name.value = name;
  for (const auto& label : labels) variant.labels.push_back({label, {}});
  return variant;
}

}  // namespace

TEST_CASE("a selection is an or of ands of names and labels") {
  const auto variant = named("short", {"ml", "brief"});
  CHECK(select::matches("short", variant));
  CHECK(select::matches("brief", variant));
  CHECK(select::matches("long short", variant));
  CHECK(select::matches("long short+ml", variant));
  CHECK_FALSE(select::matches("long", variant));
  CHECK_FALSE(select::matches("short+web", variant));
  CHECK_FALSE(select::matches("shor", variant));
  CHECK_FALSE(select::matches("short", model::Variant{}));
}

TEST_CASE("what a variant does not show goes, and so do parents that this empties") {
  const Parsed cv(R"(<cv><person><name/></person>
    <variants><variant name="long"/><variant name="short"/></variants>
    <education><degree><title>BSc</title><highlights><item only="long">a</item></highlights></degree></education>
    <awards><award only="long"><title>A</title></award></awards>
    <experience><employment><employer>E</employer><position not="short"><title>T</title></position></employment></experience>
  </cv>)");
  CHECK(shape(select::apply(cv.root, cv.variant("short"), *cv.memory)) == "cv(person(name) variants(variant variant) education(degree(title[BSc])))");
  CHECK(shape(select::apply(cv.root, cv.variant("long"), *cv.memory)) ==
        "cv(person(name) variants(variant variant) education(degree(title[BSc] highlights(item[a]))) awards(award(title[A])) "
        "experience(employment(employer[E] position(title[T]))))");
}

TEST_CASE("other wording is two siblings, and the variant without names shows what is not for others") {
  const Parsed cv(R"(<cv><person/><skills><skill only="short">C++</skill><skill not="short">C++ and others</skill></skills></cv>)");
  CHECK(shape(select::apply(cv.root, named("short"), *cv.memory)) == "cv(person skills(skill[C++]))");
  CHECK(shape(select::apply(cv.root, model::Variant{}, *cv.memory)) == "cv(person skills(skill[C++ and others]))");
}

TEST_CASE("sections are ordered, renamed, limited and hidden") {
  const Parsed cv(R"(<cv><person><email>e</email><phone>p</phone></person>
    <variants><variant name="v" order="talks mine" hide="phone news">
      <show section="awards" most="1" title="Prizes"/><show section="talks" since="2020"/></variant></variants>
    <awards><p>x</p><award><title>A</title></award><award><title>B</title></award></awards>
    <news><item>n</item></news>
    <section id="mine" title="S"><p>s</p></section>
    <talks><talk date="2019-12"><title>old</title></talk><talk date="2020"><title>new</title></talk><talk><title>undated</title></talk></talks>
  </cv>)");
  const auto shown = select::apply(cv.root, cv.variant("v"), *cv.memory);
  CHECK(shape(shown) ==
        "cv(person(email[e]) variants(variant(show show)) talks(talk(title[new]) talk(title[undated])) section(p[s]) awards(p[x] award(title[A])))");
  CHECK(std::get<xml::Element>(shown.children.back()).attribute("title")->value == "Prizes");
}

TEST_CASE("publications are chosen by kind, mark and first author") {
  const std::string publications = R"(<publications>
      <publication kind="journal" selected="yes"><title>1</title><authors><author me="yes">M</author><author>X</author></authors></publication>
      <publication kind="workshop"><title>2</title><authors><author>X</author><author me="yes">M</author></authors></publication>
      <publication kind="journal"><title>3</title><authors><author equal="yes">X</author><author me="yes" equal="yes">M</author></authors></publication>
    </publications>)";
  const auto titles = [&](const std::string& rule) {
    const Parsed cv("<cv><person/><variants><variant name='v'><show section='publications' " + rule + "/></variant></variants>" + publications + "</cv>");
    std::string result;
    const auto shown = select::apply(cv.root, cv.variant("v"), *cv.memory);
    for (const auto* section : xml::children(shown)) {
      if (section->name != "publications") continue;
      for (const auto* publication : xml::children(*section)) result += std::get<xml::Text>((*xml::children(*publication).begin())->children.front()).value;
    }
    return result;
  };
  CHECK(titles("") == "123");
  CHECK(titles("kinds='journal'") == "13");
  CHECK(titles("kinds='workshop journal'") == "123");
  CHECK(titles("selected='yes'") == "1");
  CHECK(titles("first-author='yes'") == "13");
  CHECK(titles("kinds='book'") == "");
}

TEST_CASE("unknown names and elements that nobody shows are reported") {
  Parsed cv(R"(<cv><person/><variants><variant name="long"/><variant name="long" order="talk"/></variants>
    <awards only="lang"><award/></awards><talks only="long" ><talk not="long"/></talks></cv>)");
  const std::string_view kinds[] = {"journal", "workshop"};
  select::check(cv.root, cv.variants, kinds, cv.sink);
  std::string found;
  for (const auto& d : cv.sink.sorted()) found += std::string(diag::info(d.code).name) + " " + std::string(cv.sources.slice(d.primary->span)) + "; ";
  CHECK(found == "E0503 long; E0502 talk; E0501 lang; W0501 talk; ");
}

TEST_CASE("what a reader counts") {
  const Parsed cv(R"(<cv><person/><experience>
      <job><highlights><item>a<highlights><item>b</item></highlights></item></highlights></job>
      <employment><position/><position/></employment></experience><skills><group><skill/><skill/></group></skills></cv>)");
  const auto count = select::count(cv.root);
  CHECK(count.sections == 2);
  CHECK(count.items == 6);
}

TEST_CASE("cut into parts, nothing is lost and nothing comes twice") {
  std::string talks;
  for (int i = 0; i < 150; ++i) talks += "<talk date=\"2020\"><title>" + std::to_string(i) + "</title></talk>";
  Parsed cv("<cv lang=\"de\"><person/><talks id=\"t\">" + talks + "</talks><awards title=\"none\"/></cv>");
  const auto parts = select::parts(cv.root, *cv.memory);
  REQUIRE(parts.size() == 5);
  CHECK(shape(parts[0]) == "cv(person)");
  CHECK(shape(parts[4]) == "cv(awards)");
  std::vector<std::string> titled;
  std::string text;
  for (const auto& part : parts) {
    CHECK(part.attribute_or("lang") == "de");
    for (const auto* section : xml::children(part)) {
      for (const auto& attribute : section->attributes) titled.emplace_back(attribute.value);
      for (const auto* talk : xml::children(*section)) text += shape(*talk);
    }
  }
  std::string whole;
  for (const auto* talk : xml::children(std::get<xml::Element>(cv.root.children[1]))) whole += shape(*talk);
  CHECK(text == whole);
  CHECK(titled == std::vector<std::string>{"t", "none"});
}
