# All from the distribution; scripts/packages lists their Debian names.

# A program that brings its libraries starts in half the time. Where some are not there as archives, it is linked as usual.
option(CVGEN_STATIC "Link the libraries into the program, where that can be done" ON)
if(CVGEN_STATIC)
  include(CheckCXXSourceCompiles)
  set(CMAKE_REQUIRED_FLAGS "-fPIE -pthread")
  set(CMAKE_REQUIRED_LINK_OPTIONS -static-pie)
  set(CMAKE_REQUIRED_LIBRARIES boost_program_options re2 utf8proc xxhash z)
  check_cxx_source_compiles("
    #include <boost/program_options.hpp>
    #include <re2/re2.h>
    #include <utf8proc.h>
    #include <xxhash.h>
    #include <zlib.h>
    int main() {
      boost::program_options::options_description options(\"options\");
      return RE2(\"a+\").ok() && utf8proc_category(97) && XXH3_64bits(\"a\", 1) && zlibVersion() && options.options().empty() ? 0 : 1;
    }" CVGEN_CAN_BE_STATIC)
  unset(CMAKE_REQUIRED_FLAGS)
  unset(CMAKE_REQUIRED_LINK_OPTIONS)
  unset(CMAKE_REQUIRED_LIBRARIES)
endif()
if(CVGEN_STATIC AND CVGEN_CAN_BE_STATIC)
  set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
  set(Boost_USE_STATIC_LIBS ON)
  foreach(found ZLIB_LIBRARY_RELEASE pkgcfg_lib_RE2_re2 pkgcfg_lib_XXHASH_xxhash pkgcfg_lib_UTF8PROC_utf8proc)
    if("$CACHE{${found}}" MATCHES "\\.(so|dylib)")  # by a configuration that was not static
      unset(${found} CACHE)
    endif()
  endforeach()
  set(cvgen_fmt fmt::fmt-header-only)  # Debian has no archive of it
else()
  set(CVGEN_CAN_BE_STATIC OFF)
  set(cvgen_fmt fmt::fmt)
endif()

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Boost 1.74 REQUIRED COMPONENTS program_options)
find_package(Perl REQUIRED)  # for the names of characters, at build time only
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
