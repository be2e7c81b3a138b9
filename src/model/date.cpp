#include "model/date.hpp"

#include <charconv>
#include <chrono>

namespace cvgen::model {
namespace {

std::optional<int> number(std::string_view digits) {
  if (digits.starts_with('-')) return std::nullopt;  // which from_chars would take for a sign
  int value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::optional<int> four_digits(std::string_view digits) { return digits.size() == 4 ? number(digits) : std::nullopt; }

std::optional<Season> season(std::string_view word) {
  if (word == "spring") return Season::spring;
  if (word == "summer") return Season::summer;
  if (word == "autumn" || word == "fall") return Season::autumn;
  if (word == "winter") return Season::winter;
  return std::nullopt;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  Date date;
  if (const auto blank = text.find(' '); blank != std::string_view::npos) {
    date.season = season(text.substr(0, blank));
    const auto year = four_digits(text.substr(blank + 1));
    if (!date.season || !year) return std::nullopt;
    date.year = *year;
    return date;
  }
  if (text.size() < 4) return std::nullopt;
  const auto year = four_digits(text.substr(0, 4));
  if (!year) return std::nullopt;
  date.year = *year;
  if (text.size() == 4) return date;
  if (text[4] == '/') {
    date.second_year = four_digits(text.substr(5));
    return date.second_year ? std::optional(date) : std::nullopt;
  }
  if (text[4] != '-' || (text.size() != 7 && text.size() != 10)) return std::nullopt;
  date.month = number(text.substr(5, 2));
  if (text.size() == 10) date.day = number(text.substr(8));
  const bool good = date.month && (text.size() == 7 || (text[7] == '-' && date.day));
  return good ? std::optional(date) : std::nullopt;
}

bool exists(const Date& date) {
  if (date.second_year) return *date.second_year == date.year + 1;
  if (!date.month) return true;
  using namespace std::chrono;
  const year_month_day day{year(date.year), month(static_cast<unsigned>(*date.month)), std::chrono::day(static_cast<unsigned>(date.day.value_or(1)))};
  return day.ok();
}

int first_day(const Date& date) {
  int month = date.month.value_or(1);
  if (date.season) month = 1;  // an academic or a southern season may lie anywhere in the year
  return date.year * 10000 + month * 100 + date.day.value_or(1);
}

int last_day(const Date& date) {
  const int year = date.second_year.value_or(date.year);
  return year * 10000 + date.month.value_or(12) * 100 + date.day.value_or(31);
}

}  // namespace cvgen::model
