#include "cli/beside.hpp"

#include "io/file.hpp"

namespace cvgen::cli {

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

std::string path_in(const std::string& folder, const std::string& name) {
  if (name.empty() || name.starts_with('/') || folder == ".") return name;
  return folder.ends_with('/') ? folder + name : folder + "/" + name;
}

bool is_below(const std::string& root, const std::string& path) {
  const auto above = io::canonical_path(root);
  const auto real = io::canonical_path(path);
  return above && real && (*real + "/").starts_with(*above == "/" ? "/" : *above + "/");
}

io::Result<std::string> find_beside(const std::string& root, const std::string& path) {
  if (!io::file_exists(path)) return io::Failure{"is not there"};
  if (io::is_folder(path)) return io::Failure{"is a folder"};
  if (!is_below(root, path)) return io::Failure{"is outside the CV's folder"};
  const auto real = io::canonical_path(path);
  if (!real) return real.failure();
  if (!io::is_regular_file(*real)) return io::Failure{"is a pipe or a device"};
  return *real;
}

}  // namespace cvgen::cli
