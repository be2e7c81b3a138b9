#include <doctest/doctest.h>

#include "model/date.hpp"

using cvgen::model::Date;
using cvgen::model::exists;
using cvgen::model::first_day;
using cvgen::model::last_day;
using cvgen::model::parse_date;
using cvgen::model::Season;

TEST_CASE("a date is read as exactly as it is written") {
  struct Row {
    const char* text;
    Date date;
    int first, last;
  };
  const Row rows[] = {
      {"2023", {2023, {}, {}, {}, {}}, 20230101, 20231231},
      {"0099", {99, {}, {}, {}, {}}, 990101, 991231},
      {"2023-06", {2023, 6, {}, {}, {}}, 20230601, 20230631},
      {"2023-12", {2023, 12, {}, {}, {}}, 20231201, 20231231},
      {"2023-06-15", {2023, 6, 15, {}, {}}, 20230615, 20230615},
      {"spring 2022", {2022, {}, {}, Season::spring, {}}, 20220101, 20221231},
      {"summer 2022", {2022, {}, {}, Season::summer, {}}, 20220101, 20221231},
      {"autumn 2022", {2022, {}, {}, Season::autumn, {}}, 20220101, 20221231},
      {"fall 2022", {2022, {}, {}, Season::autumn, {}}, 20220101, 20221231},
      {"winter 2022", {2022, {}, {}, Season::winter, {}}, 20220101, 20221231},
      {"2022/2023", {2022, {}, {}, {}, 2023}, 20220101, 20231231},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    const auto date = parse_date(row.text);
    REQUIRE(date);
    CHECK(*date == row.date);
    CHECK(exists(*date));
    CHECK(first_day(*date) == row.first);
    CHECK(last_day(*date) == row.last);
    CHECK(first_day(*date) <= last_day(*date));
  }
}

TEST_CASE("what is no date is not read") {
  for (const char* text : {"", " ", "202", "20x3", "present", "2023-", "2023-6", "2023-006", "2023-06-", "2023-06-1", "2023-06-015", "2023.06",
                           "2023-06.15", "2023/", "2023/24x", "june 2023", "Spring 2022", "spring", "spring ", "spring 20x2", "spring 72002220", "2023/20240", "2022 spring", "-2023"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date(text));
  }
}

TEST_CASE("the calendar says which days there are") {
  struct Row {
    const char* text;
    bool there;
  };
  const Row rows[] = {{"2023-02-28", true}, {"2023-02-29", false}, {"2024-02-29", true}, {"1900-02-29", false}, {"2000-02-29", true}, {"2023-04-31", false},
                      {"2023-12-31", true}, {"2023-13", false}, {"2023-00", false}, {"2023-01-00", false}, {"2023-01-32", false},
                      {"2022/2023", true}, {"2022/2024", false}, {"2023/2022", false}, {"2022/2022", false}, {"1999/2000", true}};
  for (const auto& row : rows) {
    CAPTURE(row.text);
    const auto date = parse_date(row.text);
    REQUIRE(date);
    CHECK(exists(*date) == row.there);
  }
}
