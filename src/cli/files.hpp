// The files that a document is made of, for those who want to know when it has to be made again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/source.hpp"

namespace cvgen::cli {

struct FileRead {
  std::string path;  // as it was opened
  // Of its bytes; the same within one run of cvgen only. Nothing: it could not be read.
  std::optional<std::uint64_t> fingerprint;
};

std::uint64_t fingerprint(std::string_view bytes);
// Of a file as it is now. Nothing: it can't be read, or is a pipe or a device, for which one might wait forever.
std::optional<std::uint64_t> fingerprint_of(const std::string& path);

// The files of a CV, those that it includes among them; of standard input there is no file.
std::vector<std::string> paths_of(const diag::Sources& sources, const std::string& input);
std::vector<FileRead> files_of(const diag::Sources& sources, const std::string& input);

}  // namespace cvgen::cli
