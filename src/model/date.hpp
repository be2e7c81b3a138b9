// Dates as CVs have them: as exact as their writer wanted.
#pragma once

#include <optional>
#include <string_view>

#include "diag/source.hpp"

namespace cvgen::model {

enum class Season { spring, summer, autumn, winter };

struct Date {
  int year = 0;
  std::optional<int> month;        // 1 to 12
  std::optional<int> day;          // 1 to 31
  std::optional<Season> season;    // spring 2022
  std::optional<int> second_year;  // 2022/2023, an academic year

  friend bool operator==(const Date&, const Date&) = default;
};

// Reads `2023`, `2023-06`, `2023-06-15`, `spring 2022`, `2022/2023`. Form alone: 2023-02-30 is read.
std::optional<Date> parse_date(std::string_view text);

// Whether the calendar has it (proleptic Gregorian), and of a double year whether it is two years in a row.
bool exists(const Date& date);

// The first and the last day that it may mean, as yyyymmdd, for comparing.
int first_day(const Date& date);
int last_day(const Date& date);

struct Dates {
  std::optional<Date> from;
  std::optional<Date> to;
  bool single = false;    // `to` is the one date of something without duration
  bool present = false;   // goes on
  bool expected = false;  // the end is planned
  diag::Span from_span, to_span;
  diag::Span also_to_span;  // of a `to` given beside `date`

  bool empty() const { return !from && !to && !present; }
};

}  // namespace cvgen::model
