// Running programs: limits hold, and nothing is left behind.
#include "io/process.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <thread>

#include "io/environment.hpp"
#include "io/file.hpp"
#include "io/signals.hpp"
#include "io/temporary.hpp"

using namespace cvgen;
using End = io::Outcome::End;
using namespace std::chrono_literals;

namespace {

io::Command shell(const std::string& script) {
  io::Command command;
  command.program = "sh";
  command.arguments = {"-c", script};
  command.environment = {"PATH=/usr/local/bin:/usr/bin:/bin"};
  command.time_limit = 20s;
  return command;
}

// Whether a process is gone (or a zombie of someone else's) within a moment.
bool is_gone(const std::string& number) {
  for (int i = 0; i < 100; ++i) {
    const auto status = io::read_file("/proc/" + number + "/stat", 4096);
    if (!status || status->find(") Z ") != std::string::npos) return true;
    std::this_thread::sleep_for(10ms);
  }
  return false;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

TEST_CASE("run: exit codes and output, both streams as they come") {
  const auto outcome = io::run(shell("echo one; echo two >&2; echo three; exit 3"));
  CHECK(outcome.end == End::exited);
  CHECK(outcome.code == 3);
  CHECK(outcome.output == "one\ntwo\nthree\n");
  CHECK_FALSE(outcome.truncated);
}

TEST_CASE("run: arguments are not seen by a shell, the environment is what was given") {
  auto command = shell("printf '%s|' \"$@\"; printf '%s' \"$A$HOME\"");
  command.arguments.insert(command.arguments.end(), {"sh", "a b", "$HOME", "", "`x`;'\""});
  command.environment.push_back("A=B");
  CHECK(io::run(command).output == "a b|$HOME||`x`;'\"|B");
}

TEST_CASE("run: its own folder, nothing to read") {
  const auto place = io::TemporaryFolder::create("cvgen-test-");
  REQUIRE(place);
  auto command = shell("pwd; cat");
  command.folder = place->path();
  CHECK(io::run(command).output == place->path() + "\n");
}

TEST_CASE("run: a program that can't be started") {
  io::Command command;
  command.program = "no-such-program-here";
  auto outcome = io::run(command);
  CHECK(outcome.end == End::not_started);
  CHECK(outcome.failure.error == ENOENT);

  command = shell("true");
  command.folder = "/no/such/folder";
  outcome = io::run(command);
  CHECK(outcome.end == End::not_started);
  CHECK(outcome.failure.error == ENOENT);

  const auto place = io::TemporaryFolder::create("cvgen-test-");
  REQUIRE(place);
  command.folder.clear();
  command.program = place->path() + "/broken";
  REQUIRE(io::write_file(command.program,
                         "\x7f"
                         "ELF nonsense"));
  REQUIRE(io::run({"chmod", {"+x", command.program}}).end == End::exited);
  outcome = io::run(command);
  CHECK(outcome.end == End::not_started);
  CHECK(outcome.failure.error == ENOEXEC);
}

TEST_CASE("run: a signal") {
  const auto outcome = io::run(shell("kill -SEGV $$"));
  CHECK(outcome.end == End::signalled);
  CHECK(outcome.code == SIGSEGV);
}

TEST_CASE("run: the time limit ends the grandchildren too, even stubborn ones") {
  auto command =
      shell("sh -c 'trap \"\" TERM; echo $$; sleep 100 & while :; do wait; done' & trap '' TERM; wait; sleep 100");
  command.time_limit = 300ms;
  const auto outcome = io::run(command);
  CHECK(outcome.end == End::timed_out);
  CHECK(outcome.seconds < 5);
  CHECK(is_gone(first_line(outcome.output)));
}

TEST_CASE("run: helpers that a program leaves behind end with it") {
  const auto outcome = io::run(shell("sleep 100 & echo $!"));
  CHECK(outcome.end == End::exited);
  CHECK(outcome.seconds < 5);
  CHECK(is_gone(first_line(outcome.output)));
}

TEST_CASE("run: a program may close its output and go on") {
  const auto outcome = io::run(shell("exec >&- 2>&-; sleep 0.2; exit 4"));
  CHECK(outcome.end == End::exited);
  CHECK(outcome.code == 4);
}

TEST_CASE("run: the output limit") {
  auto command = shell("head -c 3000000 /dev/zero; exit 5");
  command.output_limit = 1000;
  const auto outcome = io::run(command);
  CHECK(outcome.code == 5);
  CHECK(outcome.output.size() == 1000);
  CHECK(outcome.truncated);

  command = shell("cat /dev/zero");
  command.output_limit = 10;
  command.time_limit = 300ms;
  CHECK(io::run(command).end == End::timed_out);
}

TEST_CASE("run: limits of file size and processor time") {
  const auto place = io::TemporaryFolder::create("cvgen-test-");
  REQUIRE(place);
  auto command = shell("exec cat /dev/zero > big");
  command.folder = place->path();
  command.file_size_limit = 1 << 16;
  auto outcome = io::run(command);
  CHECK(outcome.end == End::signalled);
  CHECK(outcome.code == SIGXFSZ);
  CHECK(*io::file_size(place->path() + "/big") == 1 << 16);

  command = shell("while :; do :; done");
  command.cpu_limit = 1;
  outcome = io::run(command);
  CHECK(outcome.end == End::signalled);
  CHECK(outcome.code == SIGXCPU);
}

TEST_CASE("run: no descriptor of ours reaches the program") {
  const int leak = ::open("/dev/null", O_RDONLY);  // without O_CLOEXEC, as a shell or make would hand one down
  REQUIRE(leak >= 0);
  const auto outcome = io::run(shell("exec ls /proc/self/fd"));
  ::close(leak);
  CHECK(outcome.output == "0\n1\n2\n3\n");  // 3 is that of ls itself
}

TEST_CASE("run: nothing of it stays open here") {
  const auto before = io::list_folder("/proc/self/fd")->size();
  for (int i = 0; i < 20; ++i) io::run(shell("true"));
  CHECK(io::list_folder("/proc/self/fd")->size() == before);
}

TEST_CASE("run: quick programs are quick") {
  const double start = io::now();
  for (int i = 0; i < 20; ++i) CHECK(io::run(shell(":")).code == 0);
  CHECK(io::now() - start < 4);
}

TEST_CASE("run: from many threads") {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([i] {
      const auto outcome = io::run(shell("echo " + std::to_string(i) + "; exit " + std::to_string(i)));
      CHECK(outcome.code == i);
      CHECK(outcome.output == std::to_string(i) + "\n");
    });
  }
  for (auto& thread : threads) thread.join();
}

TEST_CASE("an interruption ends the programs of all threads, and reading") {
  io::install_interrupt_handler();
  const io::Orderly orderly;
  std::thread user([] {
    std::this_thread::sleep_for(200ms);
    ::kill(::getpid(), SIGINT);
  });
  io::Outcome outcomes[2];
  std::thread other([&] { outcomes[0] = io::run(shell("sleep 100 & echo $!; wait")); });
  outcomes[1] = io::run(shell("sleep 100 & echo $!; wait"));
  user.join();
  other.join();
  CHECK(io::interrupted());
  for (const auto& outcome : outcomes) {
    CHECK(outcome.end == End::interrupted);
    CHECK(outcome.seconds < 5);
    CHECK(is_gone(first_line(outcome.output)));
  }
  CHECK(io::run(shell("true")).end == End::interrupted);
  CHECK(io::read_file("/dev/zero", 1 << 20).failure().error == EINTR);
  io::clear_interrupt();
  CHECK(io::run(shell("true")).end == End::exited);
}

TEST_CASE("a process started early goes as far as its beginning, and with the rest to its end, in its time") {
  const auto folder = io::TemporaryFolder::create();
  REQUIRE(folder);
  auto command = shell("while read word; do echo \"$word\" | tee last; test \"$word\" = sleep && sleep 60; done < door; exit 3");
  command.folder = folder->path();
  auto process = io::EarlyProcess::start(command, "door", "on\nyour ");
  REQUIRE(process);
  CHECK(process->is_waiting());
  CHECK(process->fed() == 8);
  for (std::string last; last != "on\n";) last = io::read_file(folder->path() + "/last", 100) ? *io::read_file(folder->path() + "/last", 100) : "";
  auto moved = std::move(*process);
  CHECK_FALSE(process->is_waiting());
  const auto outcome = moved.finish("marks\ngo\n", 20s, {});
  CHECK(outcome.end == End::exited);
  CHECK(outcome.code == 3);
  CHECK(outcome.output == "on\nyour marks\ngo\n");
  CHECK(moved.finish("go\n", 20s, {}).end == End::not_started);
  ::unlink((folder->path() + "/door").c_str());

  auto slow = io::EarlyProcess::start(command, "door", "");
  REQUIRE(slow);
  CHECK(slow->finish("sleep\n", 100ms, {}).end == End::timed_out);
}

TEST_CASE("a process started early gets what no pipe holds, and what it says meanwhile is read") {
  const auto folder = io::TemporaryFolder::create();
  REQUIRE(folder);
  auto command = shell("cat door");
  command.folder = folder->path();
  command.output_limit = 16U << 20;
  std::string text;
  while (text.size() < (5U << 20)) text += std::to_string(text.size()) + '\n';
  auto process = io::EarlyProcess::start(command, "door", text);
  REQUIRE(process);
  CHECK(process->fed() > 0);
  CHECK(process->fed() < text.size());
  const auto outcome = process->finish(std::string_view(text).substr(process->fed()), 60s, {});
  CHECK(outcome.end == End::exited);
  CHECK(outcome.output == text);
}

TEST_CASE("a process started early leaves with its owner, and says when it has gone before") {
  const auto folder = io::TemporaryFolder::create();
  REQUIRE(folder);
  auto command = shell("echo $$ > pid; read word < door");
  command.folder = folder->path();
  std::string number;
  {
    const auto process = io::EarlyProcess::start(command, "door", "");
    REQUIRE(process);
    while (number.empty()) {
      if (const auto told = io::read_file(folder->path() + "/pid", 100)) number = first_line(*told);
    }
    CHECK_FALSE(is_gone(number));
  }
  CHECK(is_gone(number));
  command.arguments = {"-c", "exit 0"};
  ::unlink((folder->path() + "/door").c_str());
  auto gone = io::EarlyProcess::start(command, "door", "beginning\n");
  REQUIRE(gone);
  while (gone->is_waiting()) {
  }
  CHECK(gone->finish("go\n", 20s, {}).end == End::not_started);
  command.program = "/nothing";
  CHECK_FALSE(io::EarlyProcess::start(command, "door2", ""));
}
