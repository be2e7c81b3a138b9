// What every command needs: how to talk, the files read so far, and what there is to say about them.
#pragma once

#include <optional>
#include <string>

#include "cli/exit.hpp"
#include "cli/options.hpp"
#include "diag/diagnostic.hpp"
#include "diag/render/render.hpp"
#include "model/cv.hpp"
#include "model/template.hpp"

namespace cvgen::cli {

struct Session {
  explicit Session(const Arguments& arguments);

  diag::Sources sources;
  diag::Sink sink;
  diag::RenderOptions rendering;
  bool quiet = false;
  bool verbose = false;
  bool strict = false;

  // Prints the diagnostics, if any, to standard error.
  void report() const;
  // The exit code that the diagnostics ask for.
  Exit verdict() const;
  // A line for a person, to standard error; not when quiet.
  void say(const std::string& line) const;
  void say_more(const std::string& line) const;  // only when verbose
};

struct Loaded {
  model::Cv cv;
  std::string name;  // as given
};

// Reads, validates and checks one CV ("-": standard input). Nothing if there is no tree to work on; faults go into the
// session's sink.
std::optional<Loaded> load(const std::string& name, Session& session);

// The templates in the binary.
std::vector<std::string> template_names();
std::optional<model::Template> find_template(std::string_view name);
constexpr std::string_view default_template = "moderncv";

// To standard output, all of it.
void print(const std::string& text);

}  // namespace cvgen::cli
