// Reading and writing files: whole or not at all.
#include "io/file.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <thread>

#include "io/temporary.hpp"

using namespace cvgen;

namespace {

io::TemporaryFolder folder() {
  auto made = io::TemporaryFolder::create("cvgen-test-");
  REQUIRE(made);
  return *std::move(made);
}

std::string content(const std::string& path) {
  const auto bytes = io::read_file(path, 1 << 20);
  REQUIRE(bytes);
  return *bytes;
}

unsigned mode(const std::string& path) {
  struct stat status {};
  REQUIRE(::lstat(path.c_str(), &status) == 0);
  return status.st_mode & 07777U;
}

std::size_t count(const std::string& path) { return io::list_folder(path)->size(); }

}  // namespace

TEST_CASE("read_file: what it refuses, in words") {
  const auto place = folder();
  CHECK(io::read_file(place.path() + "/nothing", 10).failure().what == "No such file or directory");
  CHECK(io::read_file(place.path(), 10).failure().what == "is a folder");
  REQUIRE(io::write_file(place.path() + "/a", "12345"));
  CHECK(*io::read_file(place.path() + "/a", 5) == "12345");
  CHECK(io::read_file(place.path() + "/a", 4).failure().what == "is larger than 4 bytes");
  CHECK(io::read_file("/dev/zero", 1 << 20).failure().what == "is larger than 1 MiB");
  CHECK(io::read_file("/dev/null", 1)->empty());
  CHECK(*io::read_file(place.path() + "/a", std::string::npos) == "12345");
}

TEST_CASE("read_file reads a pipe") {
  const auto place = folder();
  const auto fifo = place.path() + "/fifo";
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  std::thread writer([&] { CHECK(io::write_file(fifo, std::string(300000, 'x'))); });
  CHECK(io::read_file(fifo, 1 << 20)->size() == 300000);
  writer.join();
  CHECK(count(place.path()) == 1);
}

TEST_CASE("write_file: a new file obeys the umask, an old one keeps its permissions") {
  const auto place = folder();
  const auto path = place.path() + "/cv.pdf";
  const auto before = ::umask(027);
  CHECK(io::write_file(path, "one"));
  ::umask(before);
  CHECK(mode(path) == 0640);
  ::chmod(path.c_str(), 0604);
  CHECK(io::write_file(path, "two"));
  CHECK(mode(path) == 0604);
  CHECK(content(path) == "two");
  CHECK(count(place.path()) == 1);
}

TEST_CASE("write_file follows links and leaves them be") {
  const auto place = folder();
  REQUIRE(::mkdir((place.path() + "/real").c_str(), 0700) == 0);
  REQUIRE(::symlink("real/cv.pdf", (place.path() + "/link").c_str()) == 0);
  CHECK(io::write_file(place.path() + "/link", "new"));  // to nothing yet
  CHECK(content(place.path() + "/real/cv.pdf") == "new");
  CHECK(io::write_file(place.path() + "/link", "again"));
  CHECK(content(place.path() + "/real/cv.pdf") == "again");
  struct stat status {};
  REQUIRE(::lstat((place.path() + "/link").c_str(), &status) == 0);
  CHECK(S_ISLNK(status.st_mode));
  REQUIRE(::symlink("b", (place.path() + "/a").c_str()) == 0);
  REQUIRE(::symlink("a", (place.path() + "/b").c_str()) == 0);
  CHECK(io::write_file(place.path() + "/a", "x").failure().error == ELOOP);
}

TEST_CASE("write_file: what it refuses, in words") {
  const auto place = folder();
  CHECK(io::write_file(place.path(), "x").failure().what == "is a folder");
  CHECK(io::write_file(place.path() + "/no/cv.pdf", "x").failure().what ==
        "the folder `" + place.path() + "/no` does not exist");
  CHECK(io::write_file("", "x").failure().error == ENOENT);
  CHECK(io::write_file("/dev/full", "x").failure().error == ENOSPC);
  CHECK(io::write_file("/dev/null", "x"));
}

TEST_CASE("write_file: a failure keeps the old file and leaves no temporary one") {
  const auto place = folder();
  const auto path = place.path() + "/cv.pdf";
  REQUIRE(io::write_file(path, "yesterday"));
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  rlimit tight = before;
  tight.rlim_cur = 1000;  // acts like a full disk
  const auto old = std::signal(SIGXFSZ, SIG_IGN);
  ::setrlimit(RLIMIT_FSIZE, &tight);
  const auto written = io::write_file(path, std::string(5000, 'x'));
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, old);
  REQUIRE_FALSE(written);
  CHECK(written.failure().error == EFBIG);
  CHECK(content(path) == "yesterday");
  CHECK(count(place.path()) == 1);
}

TEST_CASE("write_file: a file that is not writable is left alone") {
  if (::geteuid() == 0) {
    MESSAGE("skipped: root may write everything");
    return;
  }
  const auto place = folder();
  const auto path = place.path() + "/cv.pdf";
  REQUIRE(io::write_file(path, "mine"));
  ::chmod(path.c_str(), 0444);
  CHECK(io::write_file(path, "x").failure().error == EACCES);
  CHECK(content(path) == "mine");
}

TEST_CASE("many threads may write one file") {
  const auto place = folder();
  const auto path = place.path() + "/cv.pdf";
  std::vector<std::thread> threads;
  for (char name = 'a'; name < 'i'; ++name) {
    threads.emplace_back([&, name] {
      for (int i = 0; i < 20; ++i) CHECK(io::write_file(path, std::string(10000, name)));
    });
  }
  for (auto& thread : threads) thread.join();
  const auto bytes = content(path);
  CHECK(bytes == std::string(10000, bytes.front()));
  CHECK(count(place.path()) == 1);
}

TEST_CASE("a temporary folder is private, goes away, and does not follow links") {
  const auto outside = folder();
  REQUIRE(io::write_file(outside.path() + "/precious", "x"));
  std::string path;
  {
    const auto place = folder();
    path = place.path();
    CHECK(mode(path) == 0700);
    REQUIRE(::mkdir((path + "/deep").c_str(), 0700) == 0);
    REQUIRE(::mkdir((path + "/deep/er").c_str(), 0700) == 0);
    REQUIRE(io::write_file(path + "/deep/er/file", "x"));
    REQUIRE(::symlink(outside.path().c_str(), (path + "/deep/link").c_str()) == 0);
    REQUIRE(::chmod((path + "/deep/er").c_str(), 0) == 0);
  }
  CHECK_FALSE(io::file_exists(path));
  CHECK(io::file_exists(outside.path() + "/precious"));
}

TEST_CASE("a temporary folder may be moved, and kept") {
  auto one = folder();
  const auto path = one.path();
  auto two = std::move(one);
  CHECK(io::is_folder(path));
  CHECK(two.keep() == path);
  two = folder();
  CHECK(io::is_folder(path));
  io::remove_folder(path);
  CHECK_FALSE(io::file_exists(path));
}
