// The targets that need few lines.
#include <string>
#include <vector>

#include "cli/exit.hpp"
#include "cli/options.hpp"
#include "model/date.hpp"
#include "targets.hpp"
#include "text/similar.hpp"
#include "text/unicode.hpp"
#include "typeset/galley.hpp"
#include "typeset/report.hpp"

namespace cvgen::fuzz {
namespace {

std::vector<std::string> lines_of(std::string_view bytes) {
  std::vector<std::string> result;
  while (!bytes.empty()) {
    const auto end = bytes.find('\n');
    result.emplace_back(bytes.substr(0, end));
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
  }
  return result;
}

}  // namespace

void options(std::string_view bytes) {
  const auto words = lines_of(bytes);
  if (words.empty()) return;
  try {
    const auto& command = cli::command_named(words.front());
    const auto arguments = cli::parse(command, {words.begin() + 1, words.end()});
    for (const auto& option : command.options) require(arguments.has(option.name) || arguments.values(option.name).empty(), "no value of an option that was not given");
    require(arguments.operands.size() < words.size(), "no operand out of nothing");
  } catch (const cli::UsageError& error) {
    require(*error.what() != '\0', "a refusal has words");
  }
}

void log(std::string_view bytes) {
  const auto read = typeset::read_log(bytes);
  const std::string tex = "one\ntwo\n" + std::string(bytes.substr(0, 2000));
  const std::vector<diag::Span> spans(3, {0, 0, 1});
  const typeset::Document document(tex, &spans);
  diag::Sources sources;
  sources.add("x.xml", "x");
  diag::Sink sink;
  for (const auto& error : read.errors) sink.add(typeset::report_error(error, document));
  typeset::report_overfull(read, document, sink);
  typeset::report_missing_characters(read, read.errors, document, sink);
  for (const auto& d : sink.sorted()) {
    require(text::find_invalid_utf8(d.message) == std::string_view::npos, "messages are UTF-8");
  }
}

void galley(std::string_view bytes) {
  const auto read = typeset::read_galley(bytes, 1, 4);
  if (read) require(read->headings.size() == 1 && read->pieces.size() == 4, "as many pieces as there are");
}

void dates(std::string_view bytes) {
  const auto date = model::parse_date(bytes);
  if (!date) return;
  require(date->year >= 0 && (!date->month || (*date->month >= 0 && *date->month <= 99)), "numbers as they stand");
  if (model::exists(*date)) require(model::first_day(*date) <= model::last_day(*date), "days in order");
}

void text(std::string_view bytes) {
  const auto nfc = text::nfc(bytes);
  const bool valid = text::find_invalid_utf8(bytes) == std::string_view::npos;
  require(valid == (text::find_invalid_utf8(nfc) == std::string_view::npos), "normal forms stay UTF-8");
  if (valid) {
    require(text::nfc(nfc) == nfc, "the normal form of a normal form is itself");
    const auto nfd = text::nfd(bytes);
    require(text::nfc(nfd) == nfc || text::find_too_many_marks(nfd) != std::string_view::npos, "marks taken apart go together again");
    std::string again;
    text::for_each(bytes, [&](char32_t c, std::size_t) {
      text::append(again, c);
      require(text::width(c) >= 0 && text::width(c) <= 2, "a width in columns");
      (void)text::describe(c);
    });
    require(again == bytes, "what is decoded is encoded as it was");
  }
  const std::vector<std::string> names = {"experience", "education", std::string(bytes.substr(0, 20))};
  (void)text::nearest(bytes.substr(0, 200), names);
}

}  // namespace cvgen::fuzz
