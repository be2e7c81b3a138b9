#include "cli/beside.hpp"

#include "io/file.hpp"

namespace cvgen::cli {
namespace {

bool is_in(const std::string& root, const std::string& real) {
  const auto above = io::canonical_path(root);
  return above && (real + "/").starts_with(*above == "/" ? "/" : *above + "/");
}

}  // namespace

std::string path_in(const std::string& folder, const std::string& name) {
  if (name.empty() || name.starts_with('/') || folder == ".") return name;
  return folder.ends_with('/') ? folder + name : folder + "/" + name;
}

bool is_below(const std::string& root, const std::string& path) {
  const auto real = io::canonical_path(path);
  return real && is_in(root, *real);
}

io::Result<std::string> find_beside(const std::string& root, const std::string& path) {
  if (!io::file_exists(path)) return io::Failure{"is not there"};
  if (io::is_folder(path)) return io::Failure{"is a folder"};
  auto real = io::canonical_path(path);
  if (!real || !is_in(root, *real)) return io::Failure{"is outside the CV's folder"};
  if (!io::is_regular_file(*real)) return io::Failure{"is a pipe or a device"};
  return real;
}

}  // namespace cvgen::cli
