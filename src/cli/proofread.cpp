#include "cli/proofread.hpp"

#include <fmt/format.h>

#include "io/file.hpp"
#include "io/temporary.hpp"
#include "proof/compare.hpp"
#include "typeset/pdftotext.hpp"

namespace cvgen::cli {

std::optional<std::string> proofread(const model::Cv& cv, const std::string& pdf, const std::string& shown, bool may_leave_out, const diag::Sources& sources, diag::Sink& sink) {
  const auto extracted = typeset::extract_text(pdf, shown, sink);
  if (extracted.empty()) return std::nullopt;
  std::vector<proof::Reading> readings;
  for (const auto& one : extracted) readings.push_back({one.name, one.text, one.order == typeset::ReadingOrder::layout});
  diag::Sink found;
  const auto tally = proof::compare(cv, readings, {shown, may_leave_out}, sources, found);
  const bool well = !found.has_errors() && found.warning_count() == 0;
  sink.merge(found);
  if (!well) return std::nullopt;
  const auto left_out = tally.left_out > 0 ? fmt::format(", {} left out to fit the pages", tally.left_out) : "";
  return fmt::format("{}: {} words in {} entries, none lost, all in order{}", shown, tally.words, tally.entries, left_out);
}

std::optional<std::string> proofread_bytes(const model::Cv& cv, const std::string& bytes, const std::string& shown, const diag::Sources& sources, diag::Sink& sink) {
  const auto folder = io::TemporaryFolder::create();
  const auto path = folder ? folder->path() + "/cv.pdf" : std::string();
  const auto written = folder ? io::write_file(path, bytes) : io::Result<io::Done>(folder.failure());
  if (!written) {
    sink.add(diag::nowhere(diag::Code::E0802, fmt::format("can't write a temporary file: {}", written.failure().what)).helps("check that the disk has room, or set TMPDIR"));
    return std::nullopt;
  }
  return proofread(cv, path, shown, false, sources, sink);
}

}  // namespace cvgen::cli
