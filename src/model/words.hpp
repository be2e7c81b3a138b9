// The words that cvgen itself prints, by language. Month names are CLDR's abbreviated ones (format, wide where CLDR has
// no shorter; in Russian and Ukrainian those that stand alone), quotation marks CLDR's delimiters.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "model/cv.hpp"

namespace cvgen::model {

struct Words {
  std::string_view code;  // BCP 47
  std::array<std::string_view, 12> months;
  std::array<std::string_view, 4> seasons;
  std::string_view present, expected;
  std::string_view curriculum_vitae;
  std::string_view advised_by, thesis, valid_until, and_;
  std::string_view enclosures;
  // How the parts of a date stand together, in the form of fmt: {year}, {month} (its name, or a season's), {number} (of the
  // month), {day}.
  std::string_view month_year, day_month_year;
  std::array<std::string_view, 4> quotes;  // outer open, outer close, inner open, inner close
  std::array<std::string_view, 8> status;  // by Status
};

const Words& words(Language language);
std::optional<Language> find_language(std::string_view code);
// Written from right to left.
bool is_right_to_left(Language language);

// "Education" for the section element `education`.
std::string_view section_title(std::string_view kind, Language language);

// "Sep 2019", "15 Jun 2023", "Spring 2022", "2022/2023".
std::string format(const Date& date, Language language);
// As a letter has it: "15 June 2023" (CLDR's long form, with the day first in English). Without a day as above.
std::string format_whole(const Date& date, Language language);
// "Sep 2019 – Jun 2024 (expected)"; empty for no dates.
std::string format(const Dates& dates, Language language);

}  // namespace cvgen::model
