#include "write/latex/tex.hpp"

#include <doctest/doctest.h>

#include <string>
#include <type_traits>

using cvgen::latex::command;
using cvgen::latex::Tex;

// Plain text is no LaTeX: putting one where the other belongs does not compile.
static_assert(!std::is_convertible_v<std::string, Tex>);
static_assert(!std::is_convertible_v<std::string_view, Tex>);
static_assert(!std::is_convertible_v<const char*, Tex>);
static_assert(!std::is_convertible_v<const char (&)[3], Tex>);
static_assert(!std::is_constructible_v<Tex, std::string>);
static_assert(!std::is_constructible_v<Tex, std::string_view>);
static_assert(!std::is_constructible_v<Tex, const char*>);
static_assert(!std::is_constructible_v<Tex, char>);
static_assert(!std::is_assignable_v<Tex&, std::string>);
static_assert(!std::is_assignable_v<Tex&, const char (&)[3]>);
static_assert(std::is_constructible_v<Tex, const char (&)[3]>);

template <class T>
concept CanAppend = requires(Tex tex, T more) { tex += more; };
static_assert(CanAppend<Tex>);
static_assert(!CanAppend<std::string>);
static_assert(!CanAppend<const char*>);

TEST_CASE("LaTeX source is put together from pieces") {
  CHECK(Tex().empty());
  CHECK(Tex("").empty());
  CHECK((Tex("a") + Tex("b")).source() == "ab");
  CHECK(command("\\x").source() == "\\x");
  CHECK(command("\\x", Tex("a"), Tex(), Tex("b")).source() == "\\x{a}{}{b}");
}
