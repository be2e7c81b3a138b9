#include <doctest/doctest.h>

#include "cli/exit.hpp"
#include "cli/options.hpp"

using namespace cvgen::cli;

namespace {

Arguments parsed(std::string_view command, const std::vector<std::string>& words) { return parse(*find_command(command), words); }

// What the usage error says, or nothing if there is none.
std::string complaint(std::string_view command, const std::vector<std::string>& words) {
  try {
    (void)parsed(command, words);
  } catch (const UsageError& error) {
    CHECK_FALSE(error.help.empty());
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("options in all their spellings") {
  using Words = std::vector<std::string>;
  for (const auto& words : {Words{"cv.xml", "-o", "x.pdf"}, Words{"-o", "x.pdf", "cv.xml"}, Words{"-ox.pdf", "cv.xml"}, Words{"cv.xml", "--output", "x.pdf"},
                            Words{"cv.xml", "--output=x.pdf"}, Words{"--output=x.pdf", "--", "cv.xml"}}) {
    const auto arguments = parsed("render", words);
    CHECK(arguments.value("output") == "x.pdf");
    CHECK(arguments.operands == Words{"cv.xml"});
    CHECK_FALSE(arguments.has("strict"));
  }
  const auto joined = parsed("render", {"-vqo", "x.pdf", "cv.xml"});
  CHECK(joined.has("verbose"));
  CHECK(joined.has("quiet"));
  CHECK(joined.value("output") == "x.pdf");
}

TEST_CASE("operands") {
  CHECK(parsed("render", {"-"}).operands == std::vector<std::string>{"-"});
  CHECK(parsed("render", {"-o", "-", "-"}).value("output") == "-");
  CHECK(parsed("validate", {"--", "-o", "--help", "--"}).operands == std::vector<std::string>{"-o", "--help", "--"});
  CHECK(parsed("validate", {"b", "a", "b"}).operands == std::vector<std::string>{"b", "a", "b"});
  CHECK(parsed("validate", {""}).operands == std::vector<std::string>{""});
  CHECK(parsed("validate", {"caf\xE9"}).operands == std::vector<std::string>{"caf\xE9"});
}

TEST_CASE("what may be given again keeps its order") {
  CHECK(parsed("render", {"cv.xml", "--set", "a=1", "--set=b==2", "--set", "a=3"}).values("set") == std::vector<std::string>{"a=1", "b==2", "a=3"});
  CHECK(complaint("render", {"cv.xml", "-o", "a", "--output=b"}) == "`--output` is given twice");
  CHECK(complaint("render", {"cv.xml", "--strict", "--strict"}).empty());
}

TEST_CASE("no abbreviations, no unknown options") {
  CHECK(complaint("render", {"cv.xml", "--out", "x"}) == "`cvgen render` has no option `--out`");
  CHECK(complaint("render", {"cv.xml", "--stric"}) == "`cvgen render` has no option `--stric`");
  CHECK(complaint("render", {"cv.xml", "--nonsense=1"}) == "`cvgen render` has no option `--nonsense`");
  CHECK(complaint("render", {"cv.xml", "--operand", "x"}) == "`cvgen render` has no option `--operand`");
  CHECK(complaint("render", {"cv.xml", "-vx"}) == "`cvgen render` has no option `-x` (in `-vx`)");
  CHECK(complaint("validate", {"cv.xml", "--output=x"}) == "`cvgen validate` has no option `--output`");
  CHECK(complaint("schema", {"--=x"}) == "`cvgen schema` has no option `--=x`");
}

TEST_CASE("values that are missing or not wanted") {
  CHECK(complaint("render", {"cv.xml", "-o"}) == "`-o, --output` needs a value");
  CHECK(complaint("render", {"cv.xml", "--output="}) == "`-o, --output` needs a value");
  CHECK(complaint("render", {"cv.xml", "-o", "--strict"}) == "`-o, --output` needs a value");
  CHECK(complaint("render", {"cv.xml", "--to", "-q"}) == "`--to` needs a value");
  CHECK(complaint("render", {"cv.xml", "--strict=yes"}) == "`--strict` takes no value");
  CHECK(parsed("render", {"cv.xml", "--output=--strict"}).value("output") == "--strict");
}

TEST_CASE("too few and too many operands") {
  CHECK(complaint("render", {}).starts_with("`cvgen render` needs "));
  CHECK(complaint("explain", {"a", "b"}) == "`cvgen explain` has no use for `b`");
  CHECK(complaint("cache", {"clear", "x"}) == "`cvgen cache` has no use for `x`");
  // Whoever asks for help need not give the rest.
  CHECK(parsed("render", {"-qh"}).has("help"));
}

TEST_CASE("help lists every command and every option") {
  const auto general = general_help();
  for (const auto& command : commands()) {
    CAPTURE(command.name);
    CHECK(general.find("\n  " + std::string(command.name) + " ") != std::string::npos);
    CHECK(find_command(command.name) == &command);
    const auto page = command_help(command);
    CHECK(page.find("cvgen " + std::string(command.name)) != std::string::npos);
    CHECK(command.examples.find("cvgen " + std::string(command.name)) != std::string_view::npos);
    CHECK((command.least_operands == 0 || !command.needs.empty()));
    for (const auto& options : {command.options, common_options()}) {
      for (const auto& option : options) CHECK(page.find("--" + std::string(option.name)) != std::string::npos);
    }
  }
  for (const auto& option : common_options()) CHECK(general.find("--" + std::string(option.name)) != std::string::npos);
  CHECK(find_command("rendr") == nullptr);
  CHECK_THROWS_AS((void)command_named("rendr"), UsageError);
}
