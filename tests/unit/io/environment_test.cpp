#include "io/environment.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/file.hpp"
#include "io/temporary.hpp"

using namespace cvgen;

TEST_CASE("variable: empty is as good as unset") {
  ::setenv("CVGEN_TEST", "", 1);
  CHECK_FALSE(io::variable("CVGEN_TEST"));
  ::setenv("CVGEN_TEST", "x", 1);
  CHECK(io::variable("CVGEN_TEST") == "x");
  ::unsetenv("CVGEN_TEST");
  CHECK_FALSE(io::variable("CVGEN_TEST"));
}

TEST_CASE("find_on_path") {
  CHECK(io::find_on_path("sh").value_or("").ends_with("/sh"));
  CHECK_FALSE(io::find_on_path("no-such-program-here"));
  CHECK_FALSE(io::find_on_path(""));
  CHECK_FALSE(io::find_on_path("/tmp"));         // a folder
  CHECK_FALSE(io::find_on_path("/etc/passwd"));  // not executable
  CHECK(io::find_on_path("/bin/sh") == "/bin/sh");

  const auto place = io::TemporaryFolder::create("cvgen-test-");
  REQUIRE(place);
  const auto program = place->path() + "/tool";
  REQUIRE(io::write_file(program, "#!/bin/sh\n"));
  const std::string before = io::variable("PATH").value_or("");
  ::setenv("PATH", ("/nowhere:" + place->path()).c_str(), 1);
  CHECK_FALSE(io::find_on_path("tool"));
  ::chmod(program.c_str(), 0755);
  CHECK(io::find_on_path("tool") == program);
  ::setenv("PATH", before.c_str(), 1);
}

TEST_CASE("a file is no terminal, and has the usual width") {
  ::unsetenv("COLUMNS");
  const int fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  CHECK_FALSE(io::is_terminal(fd));
  CHECK(io::terminal_width(fd) == 80);
  ::setenv("COLUMNS", "132", 1);
  CHECK(io::terminal_width(fd) == 132);
  ::setenv("COLUMNS", "wide", 1);
  CHECK(io::terminal_width(fd) == 80);
  ::unsetenv("COLUMNS");
  ::close(fd);
}

TEST_CASE("the clock goes forward") {
  const double before = io::now();
  CHECK(io::now() >= before);
}
