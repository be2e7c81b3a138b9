// The sandbox as a program finds it; tests/hostile tries to break out.
#include "io/sandbox.hpp"

#include <doctest/doctest.h>

#include "io/file.hpp"
#include "io/process.hpp"
#include "io/store.hpp"
#include "io/temporary.hpp"

using namespace cvgen;
using End = io::Outcome::End;

namespace {

io::Outcome run(const std::string& script, io::Sandbox sandbox) {
  io::Command command;
  command.program = "/bin/sh";
  command.arguments = {"-c", script};
  command.environment = {"PATH=/usr/bin:/bin"};
  command.time_limit = std::chrono::seconds(20);
  for (const auto* place : {"/bin", "/usr", "/lib", "/lib64", "/etc/ld.so.cache"}) sandbox.readable.emplace_back(place);
  sandbox.writable.emplace_back("/dev/null");
  command.sandbox = std::move(sandbox);
  return io::run(command);
}

}  // namespace

TEST_CASE("sandbox: files") {
  if (!io::available_confinement().files) {
    MESSAGE("skipped: this kernel has no Landlock");
    return;
  }
  const auto folder = io::TemporaryFolder::create();
  REQUIRE(folder);
  const auto path = folder->path();
  REQUIRE(io::make_folder(path + "/in"));
  REQUIRE(io::make_folder(path + "/out"));
  REQUIRE(io::write_file(path + "/out/secret", "secret"));
  REQUIRE(io::write_file(path + "/in/text", "text"));
  REQUIRE(io::make_link("../out/secret", path + "/in/link"));
  const auto says = [&](const std::string& script, io::Sandbox sandbox) { return run("cd " + path + "; { " + script + "; } 2> /dev/null", std::move(sandbox)).output; };
  const io::Sandbox reader{{path + "/in"}, {}, true}, writer{{}, {path + "/in"}, true};
  CHECK(says("cat in/text out/secret in/link", reader) == "text");
  CHECK(says("echo x > in/new && echo made", reader).empty());
  CHECK(says("echo x > out/new && echo made", writer).empty());
  CHECK(says("echo x > in/new && cat in/new", writer) == "x\n");
  CHECK(says("cat in/text out/secret in/link", writer) == "text");
  CHECK(says("ln -s /etc in/other && echo made; mv out/secret in && echo moved", writer).empty());
  CHECK(says("cat in/text out/secret", {{path + "/out/secret", path + "/nothing", "/nothing/at/all"}, {}, true}) == "secret");
}

TEST_CASE("sandbox: programs") {
  if (!io::available_confinement().calls) {
    MESSAGE("skipped: this kernel has no seccomp");
    return;
  }
  CHECK(run("/usr/bin/env true && echo ran", {{}, {}, true}).output == "ran\n");
  const auto alone = run("echo one; /usr/bin/env true; echo two", {});
  CHECK(alone.output.find("one\n") == 0);
  CHECK(alone.output.find("two\n") == std::string::npos);  // no shell goes on after a fork that fails
  CHECK(run("exec /usr/bin/env true && echo ran", {}).code != 0);
  const auto killed = run("kill -SEGV $$", {});
  CHECK(killed.end == End::signalled);
}
