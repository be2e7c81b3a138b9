#include "cli/assets.hpp"

#include <fmt/format.h>

#include "io/file.hpp"

namespace cvgen::cli {
namespace {

constexpr std::size_t largest_photo = 32U << 20U;

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace

std::optional<Photo> load_photo(const Loaded& loaded, diag::Sink& sink) {
  const auto& source = loaded.cv.person.photo;
  if (source.empty()) return std::nullopt;
  const auto refuse = [&](std::string message, std::string help) -> std::optional<Photo> {
    sink.add(diag::at(source.span, diag::Code::E0403, std::move(message)).helps(std::move(help)));
    return std::nullopt;
  };
  const auto base = loaded.name == "-" ? "." : folder_of(loaded.name);
  const bool absolute = source.value.starts_with('/');
  const auto path = absolute ? source.value : base + "/" + source.value;
  if (!io::file_exists(path)) return refuse(fmt::format("the photo `{}` is not there", source.value), "name a JPEG or PNG file beside or below the CV");
  if (io::is_folder(path)) return refuse(fmt::format("the photo `{}` is a folder", source.value), "name a JPEG or PNG file beside or below the CV");
  const auto root = io::canonical_path(base);
  const auto real = io::canonical_path(path);
  if (!root || !real || !real->starts_with(*root == "/" ? "/" : *root + "/")) {
    return refuse(fmt::format("the photo `{}` is outside the CV's folder", source.value), "put it beside or below the CV");
  }
  auto bytes = io::read_file(*real, largest_photo);
  if (!bytes) return refuse(fmt::format("the photo can't be read: {}", bytes.failure().what), "check its permissions");
  if (bytes->starts_with("\xFF\xD8\xFF")) return Photo{"photo.jpg", *real, std::move(*bytes)};
  if (bytes->starts_with("\x89PNG\r\n\x1A\n")) return Photo{"photo.png", *real, std::move(*bytes)};
  return refuse(fmt::format("the photo `{}` is neither JPEG nor PNG", source.value), "convert it to one of the two");
}

}  // namespace cvgen::cli
