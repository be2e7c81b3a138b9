#include "typeset/passes.hpp"

#include <algorithm>
#include <charconv>

#include "io/file.hpp"
#include "text/cut.hpp"

namespace cvgen::typeset {
namespace {

constexpr std::size_t largest_side_file = 64U << 20;

// Lines of an .aux file by how they begin. A line that isn't known here counts, which costs a pass but is never wrong.
constexpr std::string_view harmless[] = {
    "\\relax",
    "\\providecommand",
    "\\gdef \\@abspage@last{",  // the kernel itself asks for another pass if it matters
    "\\@writefile{",            // goes to a .toc and the like, which is compared if anyone reads it
    "\\babel@aux{",             // the same
    // The frame that hyperref puts around labels.
    "\\HyperFirstAtBeginDocument{\\ifx\\hyper@anchor\\@undefined",
    "\\global\\let\\oldnewlabel\\newlabel",
    "\\gdef\\newlabel#1#2{\\newlabelxx{#1}#2}",
    "\\gdef\\newlabelxx#1#2#3#4#5#6{\\oldnewlabel{#1}{{#2}{#3}}}",
    "\\AtEndDocument{\\ifx\\hyper@anchor\\@undefined",
    "\\let\\newlabel\\oldnewlabel",
    "\\fi}",
    "\\global\\let\\hyper@last\\relax",
    "\\gdef\\HyperFirstAtBeginDocument#1{#1}",
};

bool is_harmless(std::string_view line) {
  return line.empty() || std::any_of(std::begin(harmless), std::end(harmless),
                                     [&](std::string_view start) { return line.starts_with(start); });
}

Memory essence_of_all(const Memory& memory) {
  Memory result;
  for (const auto& [name, bytes] : memory) {
    // No file and an empty one are the same to the next pass.
    if (auto rest = essence(name, bytes); !rest.empty()) result.emplace(name, std::move(rest));
  }
  return result;
}

}  // namespace

std::string essence(std::string_view name, std::string_view bytes) {
  if (!name.ends_with(".aux")) return std::string(bytes);
  std::string result;
  while (!bytes.empty()) {
    const auto line = text::cut(bytes, '\n');
    if (!is_harmless(line)) result.append(line).push_back('\n');
  }
  return result;
}

std::optional<std::string> take_file(Memory& memory, std::string_view name) {
  auto file = memory.extract(std::string(name));
  return file ? std::optional(std::move(file.mapped())) : std::nullopt;
}

Memory memory_of(const std::string& folder, const std::vector<std::string>& inputs) {
  Memory memory;
  const auto names = io::list_folder(folder);
  if (!names) return memory;
  for (const auto& name : *names) {
    if (name.ends_with(".log") || name.ends_with(".pdf")) continue;
    if (std::find(inputs.begin(), inputs.end(), name) != inputs.end()) continue;
    if (auto bytes = io::read_regular_file(folder + '/' + name, largest_side_file)) memory.emplace(name, *std::move(bytes));
  }
  return memory;
}

std::string write_memory(const Memory& memory) {
  std::string text;
  for (const auto& [name, bytes] : memory) text += name + ' ' + std::to_string(bytes.size()) + '\n' + bytes;
  return text;
}

std::optional<Memory> read_memory(std::string_view text) {
  Memory memory;
  while (!text.empty()) {
    const auto line = text::cut(text, '\n');
    const auto blank = line.rfind(' ');
    std::size_t size = 0;
    if (blank == std::string_view::npos || std::from_chars(line.data() + blank + 1, line.data() + line.size(), size).ec != std::errc()) return std::nullopt;
    if (size > text.size()) return std::nullopt;
    memory.emplace(line.substr(0, blank), text.substr(0, size));
    text.remove_prefix(size);
  }
  return memory;
}

bool needs_another_pass(const Memory& before, const Memory& after, bool wants_rerun) {
  // TeX is a function of what it reads: after a pass that read what it wrote, another one changes nothing, even if
  // some package keeps asking for it.
  if (before == after) return false;
  return wants_rerun || essence_of_all(before) != essence_of_all(after);
}

}  // namespace cvgen::typeset
