#include "cli/files.hpp"

#include <functional>

namespace cvgen::cli {

std::uint64_t fingerprint(std::string_view bytes) { return std::hash<std::string_view>{}(bytes); }

std::vector<FileRead> files_of(const diag::Sources& sources, const std::string& input) {
  std::vector<FileRead> result;
  for (const auto& file : sources.files()) {
    const bool is_stdin = input == "-" && result.empty() && &file == &sources.files().front();
    if (!is_stdin) result.push_back({file.name(), fingerprint(file.text())});
  }
  return result;
}

}  // namespace cvgen::cli
