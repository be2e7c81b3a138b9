// The written forms of addresses and identifiers. Pure predicates, without diagnostics.
#pragma once

#include <string_view>

namespace cvgen::check {

// local@domain as people use it: RFC 5321's dot-string (without quotes) and a domain with at least one dot; UTF-8 allowed.
bool is_email(std::string_view text);
// http:// or https:// with a host, mailto: with an e-mail address, or tel: with a number; no blanks (RFC 3986).
bool is_address(std::string_view text);
bool is_web_address(std::string_view text);
// 4 to 15 digits (E.164) with the usual separators, an optional leading + and an optional extension.
bool is_phone(std::string_view text);
// 10.registrant/suffix, DOI Handbook section 2.2.
bool is_doi(std::string_view text);
// The forms since 2007 and before: https://info.arxiv.org/help/arxiv_identifier.html
bool is_arxiv(std::string_view text);
// Four groups of four digits.
bool has_orcid_form(std::string_view text);
// The check digit, ISO/IEC 7064 MOD 11-2; 'X' stands for 10.
char orcid_check_digit(std::string_view text);

}  // namespace cvgen::check
