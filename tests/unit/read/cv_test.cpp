#include "read/cv.hpp"

#include <doctest/doctest.h>

#include "model/visit.hpp"
#include "parsed.hpp"

using namespace cvgen;
using model::plain;

namespace {

constexpr const char* person = "<person><name given='Ada' family='Lovelace'/></person>";

model::Cv read_cv(const std::string& sections) { return Parsed("<cv version='1'>" + std::string(person) + sections + "</cv>").cv(); }

template <class Kind>
const Kind& only(const model::Cv& cv) {
  REQUIRE(cv.sections.size() == 1);
  REQUIRE(cv.sections[0].items.size() == 1);
  const auto* item = std::get_if<Kind>(&cv.sections[0].items[0]);
  REQUIRE(item != nullptr);
  return *item;
}

}  // namespace

TEST_CASE("the person and the ways to reach them, in order") {
  const auto cv = Parsed(
      "<cv version='1' lang='de'><person><profile network='x' user='ada' href='https://x.example'/><name prefix='Dr.' given='Ada' family='Lovelace' suffix='Jr.'/>"
      "<phone type='fax'>1</phone><phone>2</phone><email> a@b.example </email><website>https://c.example</website><detail label='L'>d <b>e</b></detail>"
      "<headline>h</headline><location>l</location><photo src='p.png'/></person><template name='t'><set name='n' value='v'/></template></cv>").cv();
  CHECK(cv.language == model::Language::de);
  CHECK(cv.person.prefix.value == "Dr.");
  CHECK(cv.person.suffix.value == "Jr.");
  CHECK(plain(cv.person.headline) == "h");
  CHECK(plain(cv.person.location) == "l");
  CHECK(cv.person.photo.value == "p.png");
  CHECK(cv.template_name.value == "t");
  REQUIRE(cv.settings.size() == 1);
  CHECK(cv.settings[0].name.value == "n");
  CHECK(cv.settings[0].value.value == "v");
  using Kind = model::Contact::Kind;
  const auto& contacts = cv.person.contacts;
  REQUIRE(contacts.size() == 6);
  CHECK(contacts[0].kind == Kind::profile);
  CHECK(contacts[0].href.value == "https://x.example");
  CHECK(contacts[1].phone == model::PhoneKind::fax);
  CHECK(contacts[2].phone == model::PhoneKind::unknown);
  CHECK(contacts[3].value.value == "a@b.example");
  CHECK(contacts[4].kind == Kind::website);
  CHECK(contacts[5].label.value == "L");
  CHECK(plain(contacts[5].text) == "d e");
}

TEST_CASE("an entry has its parts whatever their order") {
  const auto cv = read_cv(
      "<education title='T' id='s'><degree id='d' from='2019-09' to='2024' expected='yes'><highlights><item>one<highlights><item>under</item></highlights></item><item>two</item></highlights>"
      "<note>n1</note><grade>g</grade><advisor>a1</advisor><institution href='https://i.example'>i</institution><link href='https://l.example'>l</link><title>t</title><thesis>th</thesis>"
      "<department>dep</department><place>p</place><description>de</description><advisor>a2</advisor><note>n2</note></degree></education>");
  CHECK(cv.sections[0].kind == "education");
  CHECK(cv.sections[0].title.value == "T");
  CHECK(cv.sections[0].id == "s");
  const auto& entry = only<model::Entry>(cv);
  CHECK(entry.kind == model::EntryKind::degree);
  CHECK(entry.id == "d");
  CHECK(entry.dates.expected);
  CHECK_FALSE(entry.dates.single);
  CHECK(entry.dates.from == model::parse_date("2019-09"));
  CHECK(plain(entry.title) == "t");
  CHECK(plain(entry.organization) == "i");
  CHECK(entry.organization.runs[0].href == "https://i.example");
  CHECK(plain(entry.unit) == "dep");
  CHECK(plain(entry.thesis) == "th");
  CHECK(plain(entry.grade) == "g");
  REQUIRE(entry.advisors.size() == 2);
  CHECK(plain(entry.advisors[1]) == "a2");
  REQUIRE(entry.notes.size() == 2);
  REQUIRE(entry.links.size() == 1);
  CHECK(entry.links[0].url.value == "https://l.example");
  CHECK(entry.links[0].label.runs[0].href.empty());
  REQUIRE(entry.highlights.size() == 2);
  REQUIRE(entry.highlights[0].children.size() == 1);
  CHECK(plain(entry.highlights[0].text) == "one");
  CHECK(plain(entry.highlights[0].children[0].text) == "under");
}

TEST_CASE("dates of entries") {
  const auto dates = [](const std::string& attributes) { return only<model::Entry>(read_cv("<awards><award " + attributes + "><title>t</title></award></awards>")).dates; };
  CHECK(dates("").empty());
  CHECK(dates("date='2020'").single);
  CHECK(dates("date=' 2020 '").to == model::parse_date("2020"));
  CHECK(dates("to='present'").present);
  CHECK_FALSE(dates("to='present'").to);
  CHECK_FALSE(dates("from='2020'").to);
  CHECK_FALSE(dates("date='2020' expected='no'").expected);
}

TEST_CASE("several organizations read as a list") {
  const auto cv = read_cv("<projects><project><organization>A</organization><title>t</title><organization href='https://b.example'>B</organization></project></projects>");
  CHECK(plain(only<model::Entry>(cv).organization) == "A, B");
  CHECK(only<model::Entry>(cv).organization.runs.back().href == "https://b.example");
}

TEST_CASE("several positions at one employer") {
  const auto cv = read_cv("<experience><employment id='e'><position><title>t1</title></position><employer>E</employer><place>P</place><link href='https://l.example'>L</link>"
                          "<position id='p'><title>t2</title></position></employment></experience>");
  const auto& employment = only<model::Employment>(cv);
  CHECK(plain(employment.organization) == "E");
  CHECK(plain(employment.place) == "P");
  REQUIRE(employment.links.size() == 1);
  CHECK(plain(employment.links[0].label) == "L");
  REQUIRE(employment.positions.size() == 2);
  CHECK(plain(employment.positions[1].title) == "t2");
  std::vector<std::string> ids;
  model::visit_ids(cv, [&](const std::string& id, diag::Span) { ids.push_back(id); });
  CHECK(ids == std::vector<std::string>{"e", "p"});
}

TEST_CASE("publications and patents") {
  const auto cv = read_cv(
      "<publications><publication kind='journal' date='2024' status='in-press' doi='10.1/x' arxiv='2401.00001'><title>t</title><authors><author me='yes' equal='no'>a</author>"
      "<author equal='yes'>b</author></authors><venue short='v'>venue</venue><note>n</note></publication></publications>");
  const auto& p = only<model::Publication>(cv);
  CHECK(p.kind == "journal");
  CHECK_FALSE(p.patent);
  CHECK(p.status == model::Status::in_press);
  CHECK(p.doi.value == "10.1/x");
  CHECK(p.arxiv.value == "2401.00001");
  REQUIRE(p.authors.size() == 2);
  CHECK((p.authors[0].me && !p.authors[0].equal));
  CHECK((!p.authors[1].me && p.authors[1].equal));
  CHECK(p.venue_short.value == "v");
  const auto patent = only<model::Publication>(read_cv("<patents><patent status='filed'><title>t</title><organization>o</organization><number>1</number></patent></patents>"));
  CHECK(patent.patent);
  CHECK(plain(patent.venue) == "o");
  CHECK(patent.status == model::Status::filed);
}

TEST_CASE("neighbours without a group make one line, groups one each") {
  const auto cv = read_cv("<section title='x'><skill level='l'>a</skill><language>b</language><p>c</p><mentee from='2020' to='2021'>d</mentee>"
                          "<group label='g'><skill>e</skill><interest>f</interest></group><interest>h</interest></section>");
  const auto& items = cv.sections[0].items;
  REQUIRE(items.size() == 5);
  const auto& first = std::get<model::Group>(items[0]);
  CHECK(first.label.empty());
  REQUIRE(first.items.size() == 2);
  CHECK(first.items[0].level.value == "l");
  CHECK(plain(std::get<model::Paragraph>(items[1]).text) == "c");
  CHECK(std::get<model::Group>(items[2]).items[0].dates.from == model::parse_date("2020"));
  CHECK(std::get<model::Group>(items[3]).label.value == "g");
  CHECK(std::get<model::Group>(items[3]).items.size() == 2);
  CHECK(std::get<model::Group>(items[4]).items.size() == 1);
}

TEST_CASE("an item with a date is news, one without a bullet") {
  const auto cv = read_cv("<news><item date='2024'>a<highlights><item>b</item></highlights></item><item>c<highlights><item>d</item></highlights></item></news>");
  const auto& items = cv.sections[0].items;
  REQUIRE(items.size() == 2);
  const auto& news = std::get<model::Entry>(items[0]);
  CHECK(news.kind == model::EntryKind::news);
  CHECK(plain(news.title) == "a");
  CHECK(news.highlights.size() == 1);
  CHECK(std::get<model::Highlight>(items[1]).children.size() == 1);
}

TEST_CASE("all printed text is visited") {
  const auto cv = read_cv("<experience><employment><employer>one</employer><link href='https://two.example'>three</link><position><title>four</title></position></employment></experience>");
  std::string seen;
  model::Visitor visitor;
  visitor.text = [&](const model::Text& text) { if (!text.empty()) seen += plain(text) + " "; };
  visitor.address = [&](const model::Located& address) { seen += address.value + " "; };
  model::visit(cv, visitor);
  CHECK(seen == "one three https://two.example four ");
}
