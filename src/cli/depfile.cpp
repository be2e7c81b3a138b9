#include "cli/depfile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace cvgen::cli {
namespace {

// Ninja takes none of these, Make not all.
bool is_unspeakable(const std::string& path) {
  const auto is_bad = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F || std::string_view("\"'`^;|&*?=<>()").find(c) != std::string_view::npos; };
  return std::any_of(path.begin(), path.end(), is_bad) || path.ends_with('\\') || path.find("\\:") != std::string::npos;
}

std::string escaped(std::string_view path) {
  std::string result;
  std::size_t backslashes = 0;  // just before
  for (const char c : path) {
    if (c == ' ' || c == '#') result.append(backslashes, '\\');
    if (c == ' ' || c == '#' || c == ':') result += '\\';
    if (c == '$') result += '$';
    result += c;
    backslashes = c == '\\' ? backslashes + 1 : 0;
  }
  return result;
}

}  // namespace

std::string dependency_rule(const Compiled& document, diag::Sink& sink) {
  const auto name = [&](const std::string& path) {
    if (is_unspeakable(path)) {
      sink.add(diag::nowhere(diag::Code::W0801, fmt::format("a dependency file can't say the name `{}`", path))
                   .helps("Make or Ninja would misread it; rename the file to letters, digits, blanks and `-_.,+@#$%`"));
    }
    return escaped(path);
  };
  std::string rule;
  for (const auto& path : document.paths) rule += (rule.empty() ? "" : " ") + name(path);
  rule += ":";
  std::string files;
  for (const auto& file : document.files) {
    const auto path = name(file.path);
    rule += " \\\n  " + path;
    files += "\n" + path + ":\n";
  }
  return rule + "\n" + files;
}

}  // namespace cvgen::cli
