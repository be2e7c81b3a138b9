#include "cli/files.hpp"

#include <functional>

#include "io/file.hpp"

namespace cvgen::cli {
namespace {

constexpr std::size_t largest_file = 64U << 20U;

bool is_stdin(const diag::SourceFile& file, const std::string& input) { return input == "-" && file.name() == "<stdin>"; }

}  // namespace

std::uint64_t fingerprint(std::string_view bytes) { return std::hash<std::string_view>{}(bytes); }

std::optional<std::uint64_t> fingerprint_of(const std::string& path) {
  if (!io::is_regular_file(path)) return std::nullopt;
  const auto bytes = io::read_file(path, largest_file);
  return bytes ? std::optional(fingerprint(*bytes)) : std::nullopt;
}

std::vector<std::string> paths_of(const diag::Sources& sources, const std::string& input) {
  std::vector<std::string> result;
  for (const auto& file : sources.files()) {
    if (!is_stdin(file, input)) result.push_back(file.name());
  }
  return result;
}

std::vector<FileRead> files_of(const diag::Sources& sources, const std::string& input) {
  std::vector<FileRead> result;
  for (const auto& file : sources.files()) {
    if (!is_stdin(file, input)) result.push_back({file.name(), fingerprint(file.text())});
  }
  return result;
}

}  // namespace cvgen::cli
