// Source files and places in them. Everything cvgen says about a document points at a Span of a SourceFile.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace cvgen::diag {

// A half-open range of bytes [begin, end) of one source file. Value-initialised: the first byte of the first file.
struct Span {
  std::uint32_t file = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend auto operator<=>(const Span&, const Span&) = default;
};

// A place as people name it: line and column from 1; a column is one code point.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

class SourceFile {
 public:
  SourceFile(std::string name, std::string text);

  const std::string& name() const { return name_; }
  std::string_view text() const { return text_; }
  std::uint32_t line_count() const { return static_cast<std::uint32_t>(line_starts_.size()); }

  // Offsets past the end count as the end.
  Position position(std::uint32_t offset) const;
  // The text of a line (from 1) without its line break, and the offset at which it begins.
  std::string_view line(std::uint32_t number) const;
  std::uint32_t line_start(std::uint32_t number) const { return line_starts_[number - 1]; }

 private:
  std::string name_;
  std::string text_;
  std::vector<std::uint32_t> line_starts_;
};

// All files of one run; addresses stay valid as files are added.
class Sources {
 public:
  std::uint32_t add(std::string name, std::string text);
  const SourceFile& file(std::uint32_t id) const { return files_[id]; }
  std::uint32_t count() const { return static_cast<std::uint32_t>(files_.size()); }
  const std::deque<SourceFile>& files() const { return files_; }
  std::string_view slice(Span span) const;

 private:
  std::deque<SourceFile> files_;
};

}  // namespace cvgen::diag
