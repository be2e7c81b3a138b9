// When a document needs another pass of TeX.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cvgen::typeset {

// What one pass leaves to the next: the files it wrote, by name, without log and PDF.
using Memory = std::map<std::string, std::string>;

// Reads the run folder; `inputs` are the files that were there before the first pass.
Memory memory_of(const std::string& folder, const std::vector<std::string>& inputs);

// Takes a file out; nothing if there is none of that name.
std::optional<std::string> take_file(Memory& memory, std::string_view name);

// As one text, and back; nothing if it isn't such a text.
std::string write_memory(const Memory& memory);
std::optional<Memory> read_memory(std::string_view text);

// True if the next pass would give another page: it would read something else than this one did, and something that
// can show. `wants_rerun` is what the log says.
bool needs_another_pass(const Memory& before, const Memory& after, bool wants_rerun);

// A file without what every LaTeX run writes and no page shows. For tests.
std::string essence(std::string_view name, std::string_view bytes);

}  // namespace cvgen::typeset
