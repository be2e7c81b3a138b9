#include "cli/assets.hpp"

#include <fmt/format.h>

#include "check/picture.hpp"
#include "cli/beside.hpp"
#include "io/file.hpp"

namespace cvgen::cli {
namespace {

constexpr std::size_t largest_photo = 32U << 20U;

}  // namespace

std::string photo_path(const Loaded& loaded, const diag::Sources& sources) {
  const auto& photo = loaded.cv.person.photo;
  return photo.empty() ? "" : path_in(io::folder_of(sources.file(photo.span.file).name()), photo.value);
}

std::optional<Photo> load_photo(const Loaded& loaded, bool pdfa, const diag::Sources& sources, diag::Sink& sink) {
  const auto& source = loaded.cv.person.photo;
  if (source.empty()) return std::nullopt;
  const auto refuse = [&](std::string message, std::string help) -> std::optional<Photo> {
    sink.add(diag::at(source.span, diag::Code::E0403, std::move(message)).helps(std::move(help)));
    return std::nullopt;
  };
  const auto real = find_beside(io::folder_of(loaded.name), photo_path(loaded, sources));
  if (!real) return refuse(fmt::format("the photo `{}` {}", source.value, real.failure().what), "name a JPEG or PNG file beside or below the CV");
  auto bytes = io::read_regular_file(*real, largest_photo);
  if (!bytes) return refuse(fmt::format("the photo can't be read: {}", bytes.failure().what), "check its permissions");
  std::string reason;
  const auto picture = check::examine(*bytes, reason);
  if (!picture) return refuse(fmt::format("the photo `{}` {}", source.value, reason), "save it again as JPEG or PNG, in RGB, some 600 pixels across");
  if (pdfa && picture->transparent) return refuse(fmt::format("the photo `{}` is partly transparent, which PDF/A-1 does not allow", source.value), "save it without transparency, or set `pdfa` to `no`");
  if (pdfa && picture->cmyk) return refuse(fmt::format("the photo `{}` has the colours of print, CMYK, which this PDF/A can't have", source.value), "save it in RGB, or set `pdfa` to `no`");
  if (picture->orientation != 1) {
    sink.add(diag::at(source.span, diag::Code::W0401, fmt::format("the photo `{}` will not stand upright", source.value)).label("its Exif data asks viewers to turn it; a PDF can't")
                 .helps("turn it in a picture editor, and save it"));
  }
  return Photo{picture->kind == check::Picture::Kind::jpeg ? "photo.jpg" : "photo.png", *real, std::move(*bytes)};
}

}  // namespace cvgen::cli
