// The codes of all diagnostics. codes.def is the one table: messages, `cvgen explain`, docs and tests read it.
//
// E01xx form of the XML, E02xx structure, E03xx values, E04xx references, E05xx variants, E06xx templates, E07xx typesetting,
// E08xx files and programs; W likewise for warnings.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace cvgen::diag {

enum class Severity;

enum class Code : std::uint16_t {
#define CVGEN_CODE(name, title, page) name,
#include "diag/codes.def"
#undef CVGEN_CODE
};

struct CodeInfo {
  Code code;
  std::string_view name;   // "E0201"
  std::string_view title;  // one line
  std::string_view page;   // what `cvgen explain` prints below the title
};

std::span<const CodeInfo> code_table();
const CodeInfo& info(Code code);
std::optional<Code> find_code(std::string_view name);
Severity severity(Code code);

}  // namespace cvgen::diag
