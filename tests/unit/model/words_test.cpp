#include <doctest/doctest.h>

#include <set>
#include <string>

#include "model/networks.hpp"
#include "model/words.hpp"
#include "text/unicode.hpp"
#include "write/latex/scripts.hpp"

using namespace cvgen::model;

namespace {

constexpr Language languages[] = {Language::en, Language::de, Language::fr, Language::es, Language::it, Language::pt, Language::nl,
                                  Language::el, Language::ru, Language::uk, Language::zh, Language::ja, Language::ko, Language::he, Language::ar, Language::hi};
constexpr std::string_view kinds[] = {"summary", "education", "experience", "projects", "publications", "awards", "talks",
                                      "teaching", "service", "mentoring", "skills", "languages", "certifications", "grants",
                                      "patents", "memberships", "volunteering", "interests", "news", "references"};

void check_word(std::string_view word) {
  CHECK_FALSE(word.empty());
  CHECK(cvgen::text::nfc(word) == word);
  CHECK(cvgen::latex::unsettable(word, Language::en).empty());
}

std::string formatted(const char* text, Language language) { return format(*parse_date(text), language); }

Dates range(const char* from, const char* to) {
  Dates dates;
  if (*from != '\0') dates.from = parse_date(from);
  dates.present = std::string_view(to) == "present";
  if (*to != '\0' && !dates.present) dates.to = parse_date(to);
  return dates;
}

}  // namespace

TEST_CASE("every language has all words, and all can be printed") {
  std::set<std::string_view> codes;
  for (const auto language : languages) {
    const auto& w = words(language);
    CAPTURE(w.code);
    codes.insert(w.code);
    CHECK(find_language(w.code) == language);
    for (const auto month : w.months) check_word(month);
    for (const auto season : w.seasons) check_word(season);
    for (const auto word : {w.present, w.expected, w.advised_by, w.thesis, w.valid_until, w.and_}) check_word(word);
    for (const auto quote : w.quotes) check_word(quote);
    CHECK(w.status[0].empty());
    for (std::size_t i = 1; i < w.status.size(); ++i) check_word(w.status[i]);
    CHECK(std::set<std::string_view>(w.months.begin(), w.months.end()).size() == 12);
    CHECK(std::set<std::string_view>(w.seasons.begin(), w.seasons.end()).size() == 4);
    for (const auto kind : kinds) {
      CAPTURE(kind);
      check_word(section_title(kind, language));
    }
  }
  CHECK(codes.size() == std::size(languages));
  CHECK_FALSE(find_language("tlh"));
  CHECK_FALSE(find_language(""));
  CHECK(section_title("section", Language::en).empty());
}

TEST_CASE("dates in the languages") {
  struct Row {
    Language language;
    const char *year, *month, *day, *season, *academic, *whole;
  };
  const Row rows[] = {
      {Language::en, "2023", "Sep 2023", "5 Sep 2023", "Fall 2022", "2022/2023", "5 September 2023"},
      {Language::de, "2023", "Sept. 2023", "5. Sept. 2023", "Herbst 2022", "2022/2023", "5. September 2023"},
      {Language::fr, "2023", "sept. 2023", "5 sept. 2023", "automne 2022", "2022/2023", "5 septembre 2023"},
      {Language::es, "2023", "sept 2023", "5 sept 2023", "Otoño 2022", "2022/2023", "5 de septiembre de 2023"},
      {Language::it, "2023", "set 2023", "5 set 2023", "Autunno 2022", "2022/2023", "5 settembre 2023"},
      {Language::pt, "2023", "set. 2023", "5 set. 2023", "Outono 2022", "2022/2023", "5 de setembro de 2023"},
      {Language::nl, "2023", "sep 2023", "5 sep 2023", "Najaar 2022", "2022/2023", "5 september 2023"},
      {Language::el, "2023", "Σεπ 2023", "5 Σεπ 2023", "Φθινόπωρο 2022", "2022/2023", "5 Σεπτεμβρίου 2023"},
      {Language::ru, "2023", "сент. 2023", "05.09.2023", "Осень 2022", "2022/2023", "5 сентября 2023 г."},
      {Language::uk, "2023", "вер. 2023", "05.09.2023", "Осінь 2022", "2022/2023", "5 вересня 2023 р."},
      {Language::zh, "2023", "2023年9月", "2023年9月5日", "2022年秋季", "2022/2023", "2023年9月5日"},
      {Language::ja, "2023", "2023年9月", "2023年9月5日", "2022年秋", "2022/2023", "2023年9月5日"},
      {Language::ko, "2023", "2023년 9월", "2023년 9월 5일", "2022년 가을", "2022/2023", "2023년 9월 5일"},
      {Language::he, "2023", "ספט׳ 2023", "5 בספט׳ 2023", "סתיו 2022", "2022/2023", "5 בספטמבר 2023"},
      {Language::ar, "2023", "سبتمبر 2023", "5 سبتمبر 2023", "خريف 2022", "2022/2023", "5 سبتمبر 2023"},
      {Language::hi, "2023", "सित॰ 2023", "5 सित॰ 2023", "शरद 2022", "2022/2023", "5 सितंबर 2023"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.month);
    CHECK(formatted("2023", row.language) == row.year);
    CHECK(formatted("2023-09", row.language) == row.month);
    CHECK(formatted("2023-09-05", row.language) == row.day);
    CHECK(formatted("autumn 2022", row.language) == row.season);
    CHECK(formatted("2022/2023", row.language) == row.academic);
    CHECK(format_whole(*parse_date("2023-09-05"), row.language) == row.whole);
    CHECK(format_whole(*parse_date("2023-09"), row.language) == row.month);
    for (int month = 1; month <= 12; ++month) check_word(format_whole({2023, month, 5, {}, {}}, row.language));
  }
}

TEST_CASE("from and to") {
  CHECK(format(Dates{}, Language::en).empty());
  CHECK(format(range("2019-09", "2024-06"), Language::en) == "Sep 2019 – Jun 2024");
  CHECK(format(range("2019-09", "present"), Language::en) == "Sep 2019 – present");
  CHECK(format(range("2019-09", "present"), Language::de) == "Sept. 2019 – heute");
  CHECK(format(range("", "present"), Language::en) == "present");
  CHECK(format(range("", "2018"), Language::en) == "2018");
  CHECK(format(range("2018", ""), Language::en) == "2018");
  CHECK(format(range("2018", "2018"), Language::en) == "2018");
  CHECK(format(range("2018", "2018-03"), Language::en) == "2018 – Mar 2018");
  auto planned = range("2025", "2028-07");
  planned.expected = true;
  CHECK(format(planned, Language::en) == "2025 – Jul 2028 (expected)");
  CHECK(format(planned, Language::nl) == "2025 – jul 2028 (verwacht)");
  Dates nothing;
  nothing.expected = true;
  CHECK(format(nothing, Language::en).empty());
  CHECK(nothing.empty());
}

TEST_CASE("networks are known by name and have an address each") {
  std::set<std::string_view> names;
  std::string_view last;
  for (const auto& network : networks()) {
    CAPTURE(network.name);
    CHECK(network.name > last);  // in order, as they are listed
    last = network.name;
    names.insert(network.name);
    CHECK(network.prefix.starts_with("https://"));
    const auto end = network.prefix.back();
    CHECK((end == '/' || end == '=' || end == '@'));
    REQUIRE(find_network(network.name) != nullptr);
    CHECK(find_network(network.name)->prefix == network.prefix);
  }
  CHECK(names.size() == networks().size());
  CHECK(find_network("github")->prefix == "https://github.com/");
  CHECK(find_network("mastodon") == nullptr);  // every account has a server of its own
  CHECK(find_network("GitHub") == nullptr);
  CHECK(find_network("") == nullptr);
}
