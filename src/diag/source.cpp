#include "diag/source.hpp"

#include <algorithm>

namespace cvgen::diag {

SourceFile::SourceFile(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {
  line_starts_.push_back(text_.starts_with("\xEF\xBB\xBF") ? 3 : 0);  // editors don't show a byte order mark
  auto feed = text_.find('\n'), carriage_return = text_.find('\r');
  while (feed != std::string::npos || carriage_return != std::string::npos) {
    const auto end = std::min(feed, carriage_return);
    const bool in_pair = end == carriage_return && feed == end + 1;
    if (!in_pair) line_starts_.push_back(static_cast<std::uint32_t>(end + 1));
    if (end == feed) feed = text_.find('\n', end + 1);
    else carriage_return = text_.find('\r', end + 1);
  }
}

Position SourceFile::position(std::uint32_t offset) const {
  offset = std::clamp(offset, line_starts_.front(), static_cast<std::uint32_t>(text_.size()));
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const auto start = *std::prev(after);
  const auto is_lead = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  const auto column = std::count_if(text_.begin() + start, text_.begin() + offset, is_lead);
  return {static_cast<std::uint32_t>(after - line_starts_.begin()), static_cast<std::uint32_t>(column + 1)};
}

std::string_view SourceFile::line(std::uint32_t number) const {
  const std::size_t begin = line_starts_[number - 1];
  const std::size_t end = number < line_starts_.size() ? line_starts_[number] : text_.size();
  std::string_view line = text().substr(begin, end - begin);
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

std::uint32_t Sources::add(std::string name, std::string text) {
  files_.emplace_back(std::move(name), std::move(text));
  return static_cast<std::uint32_t>(files_.size() - 1);
}

std::string_view Sources::slice(Span span) const {
  return files_[span.file].text().substr(span.begin, span.end - span.begin);
}

}  // namespace cvgen::diag
