#include "typeset/digest.hpp"

#include <doctest/doctest.h>

#include "io/file.hpp"
#include "io/temporary.hpp"

using namespace cvgen::typeset;

TEST_CASE("digest: of a file, whatever its size, that of its bytes") {
  const auto folder = cvgen::io::TemporaryFolder::create("cvgen-test-");
  REQUIRE(folder);
  const auto path = folder->path() + "/file";
  for (const std::size_t size : {0, 1, 1000, 256 << 10, (256 << 10) + 1, 1'000'000}) {
    std::string bytes(size, 'x');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>('a' + i % 23);
    REQUIRE(cvgen::io::write_file(path, bytes));
    CHECK(*digest_of_file(path) == digest(bytes));
    CHECK(digest(bytes + "x") != digest(bytes));
  }
}

TEST_CASE("digest: where a part ends counts") {
  CHECK(Digest().add("ab").add("c").hex() != Digest().add("a").add("bc").hex());
  CHECK(Digest().add("").hex() != Digest().hex());
}
