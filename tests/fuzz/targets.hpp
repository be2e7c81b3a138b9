// What is fuzzed: each target takes any bytes, and aborts when something that must hold does not.
#pragma once

#include <span>
#include <string_view>

namespace cvgen::fuzz {

struct Target {
  std::string_view name;
  void (*run)(std::string_view bytes);
};

std::span<const Target> targets();

// Aborts with these words, which libFuzzer and the replay both report with the input.
void require(bool holds, const char* what);

void cv(std::string_view bytes);        // a CV: every phase up to LaTeX, every form of diagnostics, --fix
void options(std::string_view bytes);   // a command line, one word a line
void template_file(std::string_view bytes);  // the declaration of a template
void log(std::string_view bytes);       // what TeX logs
void galley(std::string_view bytes);    // what a measuring run of TeX logs
void dates(std::string_view bytes);
void text(std::string_view bytes);      // Unicode, similar names

}  // namespace cvgen::fuzz
