// Files and the standard streams. Failures are words that can follow the name of the file and a colon.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "io/result.hpp"

namespace cvgen::io {

// A whole regular file, pipe or device; one of more than `limit` bytes is a Failure.
Result<std::string> read_file(const std::string& path, std::size_t limit);
// The same of a file that a program of others may have put there: what is no regular file, links too, is a Failure.
Result<std::string> read_regular_file(const std::string& path, std::size_t limit);
// Its first bytes, at most `count`.
Result<std::string> read_start(const std::string& path, std::size_t count);
Result<std::string> read_stdin(std::size_t limit);
// The same in pieces of 256 KiB, the last one shorter, for files that one needn't hold.
Result<Done> read_pieces(const std::string& path, const std::function<void(std::string_view)>& take);

// Puts `bytes` in the place of what is at `path`, whole or not at all: written to a temporary file beside it, which
// then takes its name. A link is followed, the permissions of an existing file are kept, a file that is not
// writable is left alone. What isn't a regular file (/dev/stdout, a FIFO) is written to directly.
Result<Done> write_file(const std::string& path, std::string_view bytes);
Result<Done> write_stdout(std::string_view bytes);
Result<Done> write_stderr(std::string_view bytes);
// As much as standard error takes without waiting, and also after an interruption, when the others write nothing.
void write_last_words(std::string_view bytes);

// The folder and those above it that are missing.
Result<Done> make_folder(const std::string& path);

// Anything at all of this name; links are followed.
bool file_exists(const std::string& path);
bool is_folder(const std::string& path);
// False for pipes and devices too, which may never end, or never begin.
bool is_regular_file(const std::string& path);
// The names in a folder, sorted, without "." and "..".
Result<std::vector<std::string>> list_folder(const std::string& path);
// Bytes.
Result<std::uint64_t> file_size(const std::string& path);
// The folder of a file, as it is written; "." if none is.
std::string folder_of(const std::string& path);
// Absolute, without links, "." and "..".
Result<std::string> canonical_path(const std::string& path);

}  // namespace cvgen::io
