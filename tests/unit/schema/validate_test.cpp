#include "schema/validate.hpp"

#include <doctest/doctest.h>

#include <chrono>

using namespace cvgen;

namespace {

struct Checked {
  explicit Checked(std::string text) {
    const auto file = sources.add("cv.xml", std::move(text));
    const auto document = xml::parse(sources, file, sink);
    REQUIRE(document);
    schema::validate(schema::cv_grammar(), "cv", document->root, sink);
  }

  // "E0201 hobby|E0207 2023-13": code and place of each diagnostic.
  std::string faults() const {
    std::string result;
    for (const auto& d : sink.sorted()) {
      if (!result.empty()) result += "|";
      result += std::string(diag::info(d.code).name) + " " + std::string(sources.slice(d.primary->span));
    }
    return result;
  }
  std::string help() const {
    const auto all = sink.sorted();
    return all.empty() || all[0].help.empty() ? "" : all[0].help[0];
  }

  diag::Sources sources;
  diag::Sink sink;
};

const std::string person = "<person><name family=\"L\"/></person>";
Checked cv(const std::string& body) { return Checked("<cv version=\"1\">" + person + body + "</cv>"); }
Checked job(const std::string& body) { return cv("<experience><job>" + body + "</job></experience>"); }
Checked news(const std::string& date) { return cv("<news><item date=\"" + date + "\">x</item></news>"); }

}  // namespace

TEST_CASE("validate: one mistake, one diagnostic") {
  CHECK(cv("").faults() == "");
  CHECK(Checked("<resume/>").faults() == "E0201 resume");
  CHECK(cv("<hobbies><x><y/></x></hobbies>").faults() == "E0201 hobbies");
  CHECK(cv("<job><title>a</title><employer>b</employer></job>").faults() == "E0201 job");
  CHECK(cv("<summary class='x'/>").faults() == "E0205 class");
  CHECK(cv("<section/>").faults() == "E0206 section");
  CHECK(cv("<education>text</education>").faults() == "E0204 text");
  CHECK(cv("<education>\n  text, more\n </education>").faults() == "E0204 text, more");
  CHECK(cv("<news><item><highlights/></item></news>").faults() == "E0203 highlights");
  CHECK(news("2023-13").faults() == "E0207 2023-13");
  CHECK(news("").faults() == "E0207 date");
}

TEST_CASE("validate: what is missing may be there in another shape") {
  CHECK(job("<employer>b</employer>").faults() == "E0208 job");
  CHECK(job("<titel>a</titel><employer>b</employer>").faults() == "E0201 titel");
  CHECK(job("<title>a</title><company>b</company>").faults() == "E0201 company");
  CHECK(job("Engineer<employer>b</employer>").faults() == "E0204 Engineer");
  CHECK(job("Engineer<employer>b</employer>").help() == "put it into `<title>`, which is missing");
  CHECK(cv("<experience><job title='a'><employer>b</employer></job></experience>").faults() == "E0205 title");
}

TEST_CASE("validate: needs and once") {
  CHECK(job("<title>a</title><employer>b</employer>").faults() == "");
  CHECK(job("").faults() == "E0208 job|E0208 job");
  CHECK(job("<title>a</title><employer>b</employer><title>c</title><title>d</title>").faults() == "E0209 title|E0209 title");
  CHECK(cv("<news><item><highlights><item/></highlights>x<highlights><item/></highlights></item></news>").faults() == "E0209 highlights");
}

TEST_CASE("validate: order where it means something") {
  const auto root = [](const std::string& body) { return Checked("<cv version=\"1\">" + body + "</cv>"); };
  CHECK(root("").faults() == "E0203 cv");
  CHECK(root("<summary/><education/>").faults() == "E0203 cv");
  CHECK(root("<summary/><education/>" + person).faults() == "E0202 person");
  CHECK(root("<summary/><education/>" + person).help() == "move it before `<summary>`");
  CHECK(root(person + "<summary/>" + person).faults() == "E0202 person");
  CHECK(root(person + "<summary/><template name='x'/>").faults() == "E0202 template");
  CHECK(root(person + "<summary/><template name='x'/>").help() == "move it before `<summary>`");
  CHECK(root("<template name='x'/>" + person).faults() == "E0202 person");
}

TEST_CASE("validate: suggestions") {
  CHECK(cv("<experiance/>").help() == "a similar element exists: `<experience>`");
  CHECK(cv("<Education/>").help() == "a similar element exists: `<education>`");
  CHECK(cv("<summary><p><strong>x</strong></p></summary>").help() == "here it is called: `<b>`");
  CHECK(cv("<job/>").help() == "`<job>` belongs inside `<experience>` or `<section>`");
  CHECK(cv("<summary titel='x'/>").help() == "a similar attribute exists: `title`");
  CHECK(job("<title>a</title><employer>b</employer><from>2020</from>").help() == "`from` is an attribute: write `<job from=\"...\">`");
  CHECK(cv("<projects><project to='presnt'><title>a</title></project></projects>").help() == "a similar value exists: `present`");
  CHECK(Checked("<cv version='2'>" + person + "</cv>").help() == "the only value is `1`");
}

TEST_CASE("validate: values are collapsed before they are looked at") {
  CHECK(news(" 2023 ").faults() == "");
  CHECK(news("spring\n  2023").faults() == "");
  CHECK(news("20 23").faults() == "E0207 20 23");
  CHECK(cv("<section title=' &#10; '/>").faults() == "E0207  &#10; ");
}

TEST_CASE("validate: blanks, CDATA and comments in content") {
  CHECK(cv("<education> \n<!-- a --> <?b?></education>").faults() == "");
  CHECK(cv("<education>&#32;</education>").faults() == "");
  CHECK(cv("<education><![CDATA[ ]]></education>").faults() == "E0204 <![CDATA[ ]]>");
  CHECK(cv("<summary><p><br> </br></p></summary>").faults() == "E0204  ");
  CHECK(cv("<summary><p><br><!-- a --></br></p></summary>").faults() == "");
}

TEST_CASE("validate: namespace declarations and the place of the schema are no attributes") {
  const std::string xsi = " xmlns:s='http://www.w3.org/2001/XMLSchema-instance'";
  CHECK(cv("<summary" + xsi + " s:noNamespaceSchemaLocation='cv.xsd' xmlns:x='urn:x' xmlns=''/>").faults() == "");
  CHECK(cv("<summary" + xsi + "/><education s:noNamespaceSchemaLocation='cv.xsd'/>").faults() == "E0205 s:noNamespaceSchemaLocation");
  CHECK(cv("<summary xmlns='urn:x'/>").faults() == "E0205 xmlns");
  CHECK(cv("<summary xml:lang='en'/>").faults() == "E0205 xml:lang");
}

TEST_CASE("validate: time grows with the size only") {
  std::string body;
  for (int i = 0; i < 30'000; ++i) body += "<template/><x/><education>a<degree/><degree title='b'/></education>" + person;
  const auto begin = std::chrono::steady_clock::now();
  const auto checked = cv(body);
  CHECK(checked.sink.error_count() > 100'000);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
}
