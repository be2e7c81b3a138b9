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

// Where the photo should be, relative to the file that names it; empty if none does.
std::string photo_path(const Loaded& loaded, const diag::Sources& sources);

// The photo that the CV names, if it names one: a sound JPEG or PNG beside or below the CV, links resolved, and if the
// document is to be PDF/A one that may be in it. Else E0403. W0401 on one that lies on its side.
std::optional<Photo> load_photo(const Loaded& loaded, bool pdfa, const diag::Sources& sources, diag::Sink& sink);

}  // namespace cvgen::cli
