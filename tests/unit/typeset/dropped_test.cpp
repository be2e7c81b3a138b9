// What is begun for a render that is dropped ends without a word and leaves nothing.
#include <doctest/doctest.h>

#include <stop_token>
#include <thread>

#include "fake_tex.hpp"
#include "io/file.hpp"
#include "typeset/cache.hpp"
#include "typeset/format.hpp"
#include "typeset/raster.hpp"

using namespace cvgen;
using namespace std::chrono_literals;

TEST_CASE("a format that nobody wants any more is given up") {
  const FakeTex tex;
  const typeset::Cache cache(tex.folder() + "/cache");
  REQUIRE(cache);
  const auto endless = tex.program("while :; do :; done\n");
  std::stop_source dropped;
  std::jthread drop([&] {
    // It is under way.
    while (io::list_folder(cache.formats())->empty()) std::this_thread::yield();
    dropped.request_stop();
  });
  CHECK_FALSE(typeset::Format::make(cache, endless, "\\relax\n", 1h, dropped.get_token()));
  CHECK(io::list_folder(cache.formats())->empty());
}

TEST_CASE("pictures that nobody wants any more are not drawn") {
  std::stop_source dropped;
  dropped.request_stop();
  diag::Sink sink;
  CHECK_FALSE(typeset::raster("%PDF-1.5\n", 50, dropped.get_token(), sink));
  CHECK(sink.sorted().empty());
}
