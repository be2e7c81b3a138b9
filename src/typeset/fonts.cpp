#include "typeset/fonts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <map>
#include <tuple>

#include "io/environment.hpp"
#include "io/process.hpp"
#include "text/cut.hpp"

namespace cvgen::typeset {
namespace {

// fontconfig writes numbers like 80 or 80(f), and ranges of variable fonts like [100 900], which count as nothing.
int number(std::string_view text, int base = 10) {
  int value = -1;
  std::from_chars(text.data(), text.data() + text.size(), value, base);
  return value;
}

std::set<char32_t> characters_of(std::string_view ranges) {
  std::set<char32_t> result;
  while (!ranges.empty()) {
    auto range = text::cut(ranges, ' ');
    const int first = number(text::cut(range, '-'), 16);
    const int last = range.empty() ? first : number(range, 16);
    for (int c = first; first >= 0 && c <= last; ++c) result.insert(result.end(), static_cast<char32_t>(c));
  }
  return result;
}

bool is_plain(std::string_view path) {
  return path.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._+-") == std::string_view::npos;
}

struct Face {
  FontFile file;
  std::string family;
  int weight, slant, width;
  std::string_view ranges;
};

// fontconfig's weights: light, which is all that URW Bookman has, is 50, regular 80, medium 100; demibold 180, bold 200,
// extrabold 205.
bool is_regular(const Face& face) { return 50 <= face.weight && face.weight <= 100; }
// And widths: semicondensed is 87, which Symbola says it is, normal 100, semiexpanded 113.
bool is_usual_width(const Face& face) { return 87 <= face.width && face.width <= 113; }
bool is_bold(const Face& face) { return 180 <= face.weight && face.weight <= 205; }

std::vector<Face> faces_in(std::string_view output) {
  std::vector<Face> result;
  while (!output.empty()) {
    auto line = text::cut(output, '\n');
    Face face;
    face.file.path = text::cut(line, '\t');
    face.file.index = number(text::cut(line, '\t'));
    face.family = text::cut(line, '\t');
    face.weight = number(text::cut(line, '\t'));
    face.slant = number(text::cut(line, '\t'));
    face.width = number(text::cut(line, '\t'));
    const auto color = text::cut(line, '\t');
    const auto format = text::cut(line, '\t');
    face.ranges = line;
    const bool loadable = format == "TrueType" || format == "CFF";
    if (loadable && color != "True" && is_usual_width(face) && is_plain(face.file.path) && face.file.index >= 0 && face.file.index < 0x10000) result.push_back(std::move(face));
  }
  return result;
}

std::vector<FontFamily> families_of(std::vector<Face> faces) {
  // The nearest width and weight first; the same face may be installed twice, and the order does not depend on fontconfig's.
  const auto key = [](const Face& face) { return std::tuple(std::string_view(face.family), std::abs(face.width - 100), std::abs(face.weight - (is_bold(face) ? 200 : 80)), std::string_view(face.file.path), face.file.index); };
  std::sort(faces.begin(), faces.end(), [&](const Face& a, const Face& b) { return key(a) < key(b); });
  std::map<std::string, FontFamily> families;
  for (const auto& face : faces) {
    auto& family = families[face.family];
    if (face.slant == 0 && is_regular(face) && family.regular.path.empty()) {
      family.name = face.family;
      family.regular = face.file;
      family.characters = characters_of(face.ranges);
    }
    if (face.slant == 0 && is_bold(face) && !family.bold) family.bold = face.file;
    if (face.slant > 0 && is_regular(face) && !family.italic) family.italic = face.file;
    if (face.slant > 0 && is_bold(face) && !family.bold_italic) family.bold_italic = face.file;
  }
  std::vector<FontFamily> result;
  for (auto& [name, family] : families) {
    if (!family.name.empty()) result.push_back(std::move(family));
  }
  return result;
}

}  // namespace

std::optional<std::vector<FontFamily>> families_with(char32_t character, const std::vector<std::string>& preferred) {
  const auto program = io::find_on_path("fc-list");
  if (!program) return std::nullopt;
  io::Command command;
  command.program = *program;
  command.arguments = {"--format", "%{file}\\t%{index}\\t%{family[0]}\\t%{weight}\\t%{slant}\\t%{width}\\t%{color}\\t%{fontformat}\\t%{charset}\\n",
                       fmt::format(":variable=false:charset={:x}", static_cast<std::uint32_t>(character))};
  for (const char* name : {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH"}) {
    if (const auto value = io::variable(name)) command.environment.push_back(std::string(name) + '=' + *value);
  }
  command.environment.push_back("LC_ALL=C");
  command.time_limit = std::chrono::seconds(60);
  command.output_limit = 64U << 20;
  const auto outcome = io::run(command);
  auto families = families_of(faces_in(outcome.output));
  const auto rank = [&](const FontFamily& family) { return std::find(preferred.begin(), preferred.end(), family.name) - preferred.begin(); };
  std::stable_sort(families.begin(), families.end(), [&](const FontFamily& a, const FontFamily& b) { return rank(a) < rank(b); });
  return families;
}

}  // namespace cvgen::typeset
