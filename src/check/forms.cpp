#include "check/forms.hpp"

#include <re2/re2.h>

namespace cvgen::check {
namespace {

bool matches(std::string_view text, const re2::RE2& pattern) { return re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), pattern); }

}  // namespace

bool is_email(std::string_view text) {
  static const re2::RE2 pattern(R"([^\s@<>()\[\]\\,;:"]+@(?:[0-9A-Za-z\x{80}-\x{10FFFF}](?:[0-9A-Za-z\x{80}-\x{10FFFF}-]*[0-9A-Za-z\x{80}-\x{10FFFF}])?\.)+[0-9A-Za-z\x{80}-\x{10FFFF}][0-9A-Za-z\x{80}-\x{10FFFF}-]*[0-9A-Za-z\x{80}-\x{10FFFF}])");
  return matches(text, pattern) && text.find("..") == std::string_view::npos && text.front() != '.' && text[text.find('@') - 1] != '.';
}

bool is_web_address(std::string_view text) {
  static const re2::RE2 pattern(R"((?i:https?)://(?:[^\s/?#@\[\]<>"]+@)?(?:[0-9A-Za-z\x{80}-\x{10FFFF}](?:[0-9A-Za-z\x{80}-\x{10FFFF}_-]*[0-9A-Za-z\x{80}-\x{10FFFF}])?(?:\.[0-9A-Za-z\x{80}-\x{10FFFF}](?:[0-9A-Za-z\x{80}-\x{10FFFF}_-]*[0-9A-Za-z\x{80}-\x{10FFFF}])?)*\.?|\[[0-9a-fA-F:.]+\])(?::[0-9]{1,5})?(?:[/?#][^\s<>"]*)?)");
  return matches(text, pattern);
}

bool is_address(std::string_view text) {
  static const re2::RE2 telephone(R"((?i:tel):\+?[0-9().-]{3,}(?:;[^\s<>"]*)?)");
  if (text.starts_with("mailto:")) {
    auto mailbox = text.substr(7);
    if (const auto query = mailbox.find('?'); query != std::string_view::npos) {
      if (mailbox.find_first_of(" <>\"", query) != std::string_view::npos) return false;
      mailbox = mailbox.substr(0, query);
    }
    return is_email(mailbox);
  }
  return matches(text, telephone) || is_web_address(text);
}

bool is_phone(std::string_view text) {
  static const re2::RE2 pattern(R"(\+?[0-9 \x{A0}\x{202F}()./\x{2010}\x{2011}\x{2013}-]+(?:,? *(?:ext\.?|x|#) *[0-9]{1,6})?)");
  if (!matches(text, pattern)) return false;
  int digits = 0;
  for (const char c : text.substr(0, text.find_first_of("ex#"))) digits += c >= '0' && c <= '9' ? 1 : 0;
  return digits >= 4 && digits <= 15;
}

bool is_doi(std::string_view text) {
  static const re2::RE2 pattern(R"(10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+)");
  return matches(text, pattern);
}

bool is_arxiv(std::string_view text) {
  static const re2::RE2 pattern(R"([0-9]{4}\.[0-9]{4,5}(?:v[0-9]+)?|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7}(?:v[0-9]+)?)");
  return matches(text, pattern);
}

bool has_orcid_form(std::string_view text) {
  static const re2::RE2 pattern("[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]");
  return matches(text, pattern);
}

char orcid_check_digit(std::string_view text) {
  int total = 0;
  for (const char c : text.substr(0, text.size() - 1)) {
    if (c >= '0' && c <= '9') total = (total + (c - '0')) * 2 % 11;
  }
  const int digit = (12 - total) % 11;
  return digit == 10 ? 'X' : static_cast<char>('0' + digit);
}

}  // namespace cvgen::check
