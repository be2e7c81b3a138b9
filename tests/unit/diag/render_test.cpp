#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "diag/render/render.hpp"

using namespace cvgen::diag;

namespace {

struct Fixture {
  Sources sources;
  RenderOptions options;
  std::vector<Diagnostic> list;

  std::uint32_t add(const std::string& text, const std::string& name = "cv.xml") { return sources.add(name, text); }
  std::string text() const { return render(list, sources, options); }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a whole message") {
  const auto file = add("<cv>\n  <experiance>\n");
  list.push_back(at({file, 8, 18}, Code::E0201, "`<experiance>` is not allowed inside `<cv>`").label("unknown element").helps("write `<experience>`").notes_that("a note"));
  CHECK(text() ==
        "error[E0201]: `<experiance>` is not allowed inside `<cv>`\n"
        "  --> cv.xml:2:4\n"
        "   |\n"
        " 2 |   <experiance>\n"
        "   |    ^^^^^^^^^^ unknown element\n"
        "   = help: write `<experience>`\n"
        "   = note: a note\n"
        "\n"
        "1 error\n");
}

TEST_CASE_FIXTURE(Fixture, "labels on several lines and in other files") {
  const auto file = add("one\ntwo\nthree\n");
  const auto other = add("\nelsewhere\n", "other.xml");
  list.push_back(at({file, 8, 13}, Code::E0401, "twice").label("again").also({file, 0, 3}, "first").also({other, 1, 10}, "there").helps("no"));
  CHECK(text() ==
        "error[E0401]: twice\n"
        "  --> cv.xml:3:1\n"
        "   |\n"
        " 1 | one\n"
        "   | --- first\n"
        "  ...\n"
        " 3 | three\n"
        "   | ^^^^^ again\n"
        "   = note: other.xml:2:1: there\n"
        "   = help: no\n"
        "\n"
        "1 error\n");
}

TEST_CASE_FIXTURE(Fixture, "no place, warnings, counts") {
  list.push_back(nowhere(Code::E0701, "`pdflatex` is not installed"));
  const auto file = add("x");
  list.push_back(at({file, 0, 1}, Code::W0301, "a start"));
  list.push_back(at({file, 0, 1}, Code::W0301, "a start"));
  CHECK(text().starts_with("error[E0701]: `pdflatex` is not installed\n\nwarning[W0301]: a start\n"));
  CHECK(text().ends_with("\n\n1 error, 2 warnings\n"));
  options.most = 1;
  CHECK(text() == "error[E0701]: `pdflatex` is not installed\n\n1 error, 2 warnings (the first 1 shown; `--diagnostics=json` shows all)\n");
  list.clear();
  CHECK(text().empty());
}

TEST_CASE_FIXTURE(Fixture, "short form") {
  options.format = Format::short_;
  const auto file = add("a\nb\n", "e\x1bvil\n.xml");
  list.push_back(at({file, 2, 3}, Code::E0304, "`b` is not an e-mail address"));
  list.push_back(nowhere(Code::E0801, "`x` can't be read"));
  CHECK(text() ==
        "e<U+001B>vil<U+000A>.xml:2:1: error[E0304]: `b` is not an e-mail address\n"
        "error[E0801]: `x` can't be read\n"
        "2 errors\n");
}

TEST_CASE_FIXTURE(Fixture, "JSON: one object a line, whatever the bytes") {
  options.format = Format::json;
  options.most = 1;  // is for people
  const auto file = add("ab\xFF\n", "caf\xE9.xml");
  list.push_back(at({file, 1, 2}, Code::E0205, "a \"quoted\"\nname").label("here").helps("help").fixed_by({file, 1, 2}, "c"));
  list.push_back(nowhere(Code::W0701, "wide"));
  const auto all = text();
  const auto end = all.find('\n');
  const auto first = nlohmann::json::parse(all.substr(0, end));
  CHECK(first["code"] == "E0205");
  CHECK(first["severity"] == "error");
  CHECK(first["message"] == "a \"quoted\"\nname");
  CHECK(first["labels"][0]["line"] == 1);
  CHECK(first["labels"][0]["column"] == 2);
  CHECK(first["labels"][0]["end_column"] == 3);
  CHECK(first["labels"][0]["offset"] == 1);
  CHECK(first["labels"][0]["length"] == 1);
  CHECK(first["labels"][0]["primary"] == true);
  CHECK(first["help"] == nlohmann::json({"help"}));
  CHECK(first["fix"][0]["replacement"] == "c");
  const auto second = nlohmann::json::parse(all.substr(end + 1));
  CHECK(second["severity"] == "warning");
  CHECK(second["labels"].empty());
  CHECK_FALSE(second.contains("fix"));
}

TEST_CASE_FIXTURE(Fixture, "values of any length and content") {
  options.format = Format::short_;
  list.push_back(nowhere(Code::E0207, "`" + std::string(1000000, 'x') + "` is not a value of `date`"));
  CHECK(text() == "error[E0207]: `" + std::string(60, 'x') + "\u2026` is not a value of `date`\n1 error\n");
  list.front().message = std::string(1000000, '`');
  CHECK(text().size() < 1000);
  list.front().message = std::string(1000000, 'y');
  CHECK(text().size() < 1000);
  list.front().message = "`a\xE2\x80\xAE\tb\xFF`";
  CHECK(text() == "error[E0207]: `a<U+202E><U+0009>b<FF>`\n1 error\n");
}

TEST_CASE_FIXTURE(Fixture, "colours come and go in pairs") {
  options.color = true;
  const auto file = add("abc");
  list.push_back(at({file, 0, 1}, Code::E0201, "x").label("y").also({file, 1, 2}, "z").helps("h"));
  const auto colored = text();
  std::size_t on = 0, off = 0;
  for (std::size_t i = colored.find('\x1b'); i != std::string::npos; i = colored.find('\x1b', i + 1)) (colored.compare(i, 4, "\x1b[0m") == 0 ? off : on) += 1;
  CHECK(on > 0);
  CHECK(on == off);
  options.color = false;
  CHECK(text().find('\x1b') == std::string::npos);
}

TEST_CASE("sinks sort by place and merge without repeating") {
  Sink sink;
  sink.add(nowhere(Code::E0701, "last"));
  sink.add(at({0, 9, 10}, Code::E0201, "third"));
  sink.add(at({0, 2, 3}, Code::W0301, "second"));
  sink.add(at({0, 2, 3}, Code::E0208, "second too"));
  sink.add(at({0, 0, 1}, Code::E0201, "first"));
  std::string order;
  for (const auto& d : sink.sorted()) order += d.message + "; ";
  CHECK(order == "first; second; second too; third; last; ");
  CHECK(sink.error_count() == 4);
  CHECK(sink.warning_count() == 1);

  Sink other;
  other.add(at({0, 9, 10}, Code::E0201, "the same place in other words"));
  other.add(nowhere(Code::E0701, "last"));
  other.add(nowhere(Code::E0701, "another"));
  // Two of one code at one place are two if one sink has both: two elements may be missing in a third.
  other.add(at({0, 5, 6}, Code::E0208, "no title"));
  other.add(at({0, 5, 6}, Code::E0208, "no employer"));
  sink.merge(other);
  CHECK(sink.error_count() == 7);
  sink.merge(other);
  CHECK(sink.error_count() == 7);
}

TEST_CASE("the table of codes") {
  std::string_view last;
  for (const auto& entry : code_table()) {
    CAPTURE(entry.name);
    CHECK(&info(entry.code) == &entry);
    CHECK(find_code(entry.name) == entry.code);
    CHECK(entry.name.size() == 5);
    CHECK_FALSE(entry.title.ends_with('.'));
    CHECK(entry.page.ends_with('\n'));
    CHECK(entry.name != last);
    last = entry.name;
  }
  CHECK(find_code("e0201") == Code::E0201);
  CHECK_FALSE(find_code("E9999").has_value());
  CHECK_FALSE(find_code("").has_value());
  CHECK(severity(Code::W0301) == Severity::warning);
}
