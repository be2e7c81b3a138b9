// A folder with shell scripts that stand in for pdflatex, and is the temporary folder of cvgen meanwhile.
#pragma once

#include <doctest/doctest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <string>
#include <vector>

#include "io/environment.hpp"
#include "io/file.hpp"
#include "io/temporary.hpp"

class FakeTex {
 public:
  FakeTex() : folder_(make()), before_(cvgen::io::variable("TMPDIR").value_or("")) {
    ::setenv("TMPDIR", folder_.path().c_str(), 1);
  }
  ~FakeTex() {
    if (before_.empty()) ::unsetenv("TMPDIR");
    else ::setenv("TMPDIR", before_.c_str(), 1);
  }
  FakeTex(const FakeTex&) = delete;
  FakeTex& operator=(const FakeTex&) = delete;

  const std::string& folder() const { return folder_.path(); }

  // The path of a program that runs this script.
  std::string program(const std::string& script, const std::string& name = "pdflatex") const {
    const auto path = folder() + '/' + name;
    REQUIRE(cvgen::io::write_file(path, "#!/bin/sh\n" + script));
    REQUIRE(::chmod(path.c_str(), 0755) == 0);
    return path;
  }

  // What is in the folder besides the programs.
  std::vector<std::string> leftovers() const {
    auto names = *cvgen::io::list_folder(folder());
    std::erase_if(names, [](const std::string& name) { return !name.starts_with("cvgen-"); });
    return names;
  }

 private:
  static cvgen::io::TemporaryFolder make() {
    auto made = cvgen::io::TemporaryFolder::create("cvgen-test-");
    REQUIRE(made);
    return *std::move(made);
  }

  cvgen::io::TemporaryFolder folder_;
  std::string before_;
};
