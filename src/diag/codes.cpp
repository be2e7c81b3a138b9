#include "diag/codes.hpp"

#include <algorithm>

#include "diag/diagnostic.hpp"

namespace cvgen::diag {
namespace {

constexpr CodeInfo table[] = {
#define CVGEN_CODE(name, title, page) {Code::name, #name, title, page},
#include "diag/codes.def"
#undef CVGEN_CODE
};

}  // namespace

std::span<const CodeInfo> code_table() { return table; }

const CodeInfo& info(Code code) { return table[static_cast<std::size_t>(code)]; }

std::optional<Code> find_code(std::string_view name) {
  const auto same = [&](const CodeInfo& entry) {
    return std::equal(name.begin(), name.end(), entry.name.begin(), entry.name.end(),
                      [](char a, char b) { return (a >= 'a' && a <= 'z' ? a - 32 : a) == b; });
  };
  const auto found = std::find_if(std::begin(table), std::end(table), same);
  if (found == std::end(table)) return std::nullopt;
  return found->code;
}

Severity severity(Code code) { return info(code).name.front() == 'W' ? Severity::warning : Severity::error; }

}  // namespace cvgen::diag
