#include "cli/product.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "io/file.hpp"

namespace cvgen::cli {
namespace {

constexpr std::size_t most_names = 4;

// cv.png -> cv-2.png
std::string page_path(const std::string& path, std::size_t number) {
  const auto ending = ending_of(path);
  const auto base = ending.empty() ? path : path.substr(0, path.size() - ending.size() - 1);
  return fmt::format("{}-{}{}{}", base, number, ending.empty() ? "" : ".", ending);
}

std::string listed(const std::vector<std::string>& names) {
  if (names.size() <= most_names) return fmt::format("{}", fmt::join(names, ", "));
  return fmt::format("{}, ..., {}", names.front(), names.back());
}

}  // namespace

bool write_product(const Target& target, const std::string& bytes, diag::Sink& sink) {
  const auto written = target.path == "-" ? io::write_stdout(bytes) : io::write_file(target.path, bytes);
  if (written) return true;
  const bool to_stdout = target.path == "-";
  sink.add(diag::nowhere(diag::Code::E0802, fmt::format("{} can't be written: {}", to_stdout ? "standard output" : fmt::format("`{}`", target.path), written.failure().what))
               .helps(to_stdout ? "check where it leads, and that the disk has room"
                                : "check that the folder exists and may be written to, and that the disk has room"));
  return false;
}

std::optional<Pictures> write_pictures(const Target& target, const std::vector<std::string>& pages, const std::vector<std::string>& untouchable,
                                       diag::Sink& sink) {
  const bool one = pages.size() == 1;
  if (target.path == "-" && !one) {
    sink.add(diag::nowhere(diag::Code::E0802, fmt::format("{} pages don't go into one PNG on standard output", pages.size())).helps("name a file with `-o`, or say `--pages 1`"));
    return std::nullopt;
  }
  std::vector<std::string> paths;
  for (std::size_t i = 1; i <= pages.size(); ++i) paths.push_back(one ? target.path : page_path(target.path, i));
  for (const auto& path : paths) {
    const auto there = io::canonical_path(path);
    if (!there || std::find(untouchable.begin(), untouchable.end(), *there) == untouchable.end()) continue;
    sink.add(diag::nowhere(diag::Code::E0802, fmt::format("`{}` can't be written: the CV is made from it", path)).helps("name another file with `-o`"));
    return std::nullopt;
  }
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (!write_product({paths[i], target.format}, pages[i], sink)) return std::nullopt;
  }
  Pictures result{paths, target.path == "-" ? "to standard output" : listed(paths), {}};
  if (target.path == "-") return result;
  // Whose they are is not known, so they stay.
  if (const auto next = page_path(target.path, one ? 1 : pages.size() + 1); io::file_exists(next)) result.remains = next;
  else if (!one && io::file_exists(target.path)) result.remains = target.path;
  return result;
}

}  // namespace cvgen::cli
