// Files that the build puts into the binary, so that it works from anywhere. The build generates the definitions.
#pragma once

#include <span>
#include <string_view>

namespace cvgen::embedded {

struct File {
  std::string_view path;  // below its folder in the repository: "moderncv/template.xml"
  std::string_view text;
};

std::string_view schema();                // schema/cv.xsd
std::string_view template_schema();       // schema/template.xsd
std::span<const File> latex_templates();  // latex-templates/, sorted by path
// One of them by its path; empty if there is none.
inline std::string_view latex_template(std::string_view path) {
  for (const auto& file : latex_templates()) {
    if (file.path == path) return file.text;
  }
  return {};
}
std::string_view unicode_names();         // "\n0020 SPACE\n0021 EXCLAMATION MARK\n..."

}  // namespace cvgen::embedded
