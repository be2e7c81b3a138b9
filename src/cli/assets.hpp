// Files that a CV refers to.
#pragma once

#include <optional>
#include <string>

#include "cli/session.hpp"

namespace cvgen::cli {

struct Photo {
  std::string name;   // safe in LaTeX: photo.jpg or photo.png
  std::string path;   // of the file, links resolved
  std::string bytes;
};

// The photo that the CV names, if it names one: a JPEG or PNG beside or below the CV, links resolved. Else E0403.
std::optional<Photo> load_photo(const Loaded& loaded, diag::Sink& sink);

}  // namespace cvgen::cli
