#include "typeset/tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "io/file.hpp"
#include "text/cut.hpp"
#include "typeset/digest.hpp"
#include "typeset/type1.hpp"

namespace cvgen::typeset {
namespace {

constexpr std::size_t largest_text = 64U << 20U;

constexpr std::string_view fonts = "type1 fonts";

// Types of files in the words of kpathsea, with the variable that says where they are.
struct Type {
  std::string_view name;
  std::string_view variable;
  std::string_view folder;
};

constexpr Type types[] = {
    {"tex", "TEXINPUTS", "tex"},
    {"tfm", "TFMFONTS", "tfm"},
    {"vf", "VFFONTS", "vf"},
    {"enc files", "ENCFONTS", "enc"},
    {fonts, "T1FONTS", "type1"},
    {"truetype fonts", "TTFONTS", "truetype"},
    {"opentype fonts", "OPENTYPEFONTS", "opentype"},
    {"map", "TEXFONTMAPS", "map"},
};

// Where there is nothing to be found.
constexpr std::string_view others[] = {"PKFONTS",   "GFFONTS",     "GLYPHFONTS",   "MISCFONTS",    "TEXFORMATS", "TEXPICTS", "CMAPFONTS",
                                       "SFDFONTS",  "FONTCIDMAPS", "FONTFEATURES", "PDFTEXCONFIG", "WEB2C",      "AFMFONTS", "T42FONTS",
                                       "LIGFONTS",  "TEXPSHEADERS", "TEXCONFIG",   "TEXMFSCRIPTS", "TEXMF",      "TEXMFDBS"};

// What a pdfTeX reads of texmf.cnf for itself.
constexpr std::string_view sizes[] = {"main_memory", "extra_mem_top", "extra_mem_bot", "font_mem_size",  "font_max",     "pool_size",
                                      "string_vacancies", "max_strings", "pool_free",  "buf_size",       "trie_size",    "hyph_size",
                                      "nest_size",   "max_in_open",   "param_size",    "save_size",      "stack_size",   "dvi_buf_size",
                                      "expand_depth", "obj_tab_size", "dest_names_size", "pdf_mem_size", "ocp_buf_size", "parse_first_line", "try_std_extension_first",
                                      "file_line_error_style", "error_line", "half_error_line", "max_print_line", "openin_any", "openout_any", "shell_escape"};

// TeX clears this many words before it begins, and uses hardly any. A document that needs more is run without the tree.
constexpr std::string_view small_hash = "hash_extra = 100000\n";

// TeX names the file in which it misses a glyph, on a line that it breaks after a thousand characters.
constexpr std::size_t longest_folder = 500;

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

template <class Take>
void for_each_line(std::string_view text, Take take) {
  while (!text.empty()) take(text::cut(text, '\n'));
}

std::string configuration(const std::string& tree, const Manifest& manifest) {
  std::string result;
  for (const auto& type : types) result += std::string(type.variable) + " = .:" + tree + '/' + std::string(type.folder) + '\n';
  for (const auto variable : others) result += std::string(variable) + " = " + tree + "/none\n";
  // Spelled otherwise a file isn't found here, and the run is done in the whole installation.
  result += "texmf_casefold_search = 0\n";
  result += small_hash;
  for (const auto& found : manifest.found) {
    if (!found.type.empty() || base_name(found.path) != "texmf.cnf") continue;
    const auto text = io::read_file(found.path, largest_text);
    if (!text) continue;
    for_each_line(*text, [&](std::string_view line) {
      const auto name = line.substr(0, line.find_first_of(" \t=."));
      if (std::find(std::begin(sizes), std::end(sizes), name) == std::end(sizes)) return;
      result += line.substr(0, line.find('%'));
      result += '\n';
    });
  }
  return result;
}

// The lines of pdftex.map for the fonts that runs load, and for those that the format has loaded already.
std::string small_map(const Manifest& manifest) {
  std::vector<std::string_view> names;
  std::string map;
  const auto add_font = [&](std::string_view path) {
    const auto name = base_name(path);
    if (name.ends_with(".tfm")) names.push_back(name.substr(0, name.size() - 4));
  };
  for (const auto& [path, stamp] : manifest.stamps) add_font(path);
  for (const auto& found : manifest.found) {
    const auto name = base_name(found.path);
    if (found.type == "tfm") add_font(found.path);
    if (found.type == "map" && name == "pdftex.map") {
      if (auto text = io::read_file(found.path, largest_text)) map = *std::move(text);
    }
  }
  std::sort(names.begin(), names.end());
  std::string result;
  for_each_line(map, [&](std::string_view line) {
    const auto font = line.substr(0, line.find_first_of(" \t"));
    if (std::binary_search(names.begin(), names.end(), font)) result.append(line).push_back('\n');
  });
  return result;
}

// Glyphs that no text lacks for long.
bool is_usual(const std::string& name) {
  constexpr std::string_view signs[] = {"zero",      "one",    "two",     "three",      "four",       "five",         "six",           "seven",  "eight",  "nine",
                                        "comma",     "period", "colon",   "semicolon",  "hyphen",     "slash",        "question",      "exclam", "at",     "ampersand",
                                        "plus",      "number", "percent", "quoteright", "parenleft",  "parenright",   "bracketleft",   "bracketright", "ff", "fi",
                                        "fl",        "ffi",    "ffl",     "bullet",     "endash",     "emdash",       "quotedblleft",  "quotedblright"};
  const bool letter = name.size() == 1 && ((name[0] >= 'A' && name[0] <= 'Z') || (name[0] >= 'a' && name[0] <= 'z'));
  return letter || std::find(std::begin(signs), std::end(signs), name) != std::end(signs);
}

// What these lines of a font map take from a font, and if `used` what runs have taken already; nothing if that may be all of it.
std::optional<GlyphNames> glyphs_wanted(std::string_view map, std::string_view font, std::string_view pfb, const Manifest& manifest, bool used) {
  GlyphNames names;
  bool all = false;
  for_each_line(map, [&](std::string_view line) {
    const auto has = [&](std::string_view word) { return (' ' + std::string(line) + ' ').find(fmt::format(" {} ", word)) != std::string::npos; };
    if (line.find(font) == std::string_view::npos) return;
    all = all || !has(fmt::format("<{}", font));
    if (line.find(".enc") == std::string_view::npos) {
      auto own = names_in_font(pfb);
      all = all || own.empty();
      names.merge(own);
    }
    for (const auto& found : manifest.found) {
      if (found.type != "enc files" || !(has(fmt::format("<{}", base_name(found.path))) || has(fmt::format("<[{}", base_name(found.path))))) continue;
      if (const auto enc = io::read_file(found.path, largest_text)) names.merge(names_in_encoding(*enc));
    }
  });
  if (all || names.empty()) return std::nullopt;
  if (used) std::erase_if(names, [&](const std::string& name) { return !is_usual(name) && !manifest.glyphs.contains(name); });
  return names;
}

// With no more glyphs than may well be asked for, since TeX reads all of a font. It says if it misses one.
std::optional<std::string> small_font(const std::string& path, std::string_view map, const Manifest& manifest, bool used) {
  const auto font = io::read_file(path, largest_text);
  const auto names = font ? glyphs_wanted(map, base_name(path), *font, manifest, used) : std::nullopt;
  return names ? with_glyphs(*font, *names) : std::nullopt;
}

// In place of what is there, even if that is a link.
bool put(const std::string& path, const std::string& bytes) {
  const auto beside = path + ".new";
  return io::write_file(beside, bytes) && io::rename(beside, path);
}

bool link_to(const std::string& target, const std::string& path) {
  const auto there = io::canonical_path(path), wanted = io::canonical_path(target);
  if (there && wanted && *there == *wanted) return true;
  io::remove_file(path);
  return static_cast<bool>(io::make_link(target, path));
}

}  // namespace

bool write_tree(const std::string& folder, Manifest& manifest) {
  manifest.tree_digest.clear();
  if (!io::make_folder(folder + "/none")) return false;
  for (const auto& type : types) {
    if (!io::make_folder(folder + '/' + std::string(type.folder))) return false;
  }
  const auto map = small_map(manifest);
  std::set<std::string> names;
  for (const auto& found : manifest.found) {
    if (found.type.empty() || found.type == "fmt") continue;
    const auto type = std::find_if(std::begin(types), std::end(types), [&](const Type& t) { return t.name == found.type; });
    if (type == std::end(types)) return false;
    if (found.type == "map" && base_name(found.path) == "pdftex.map") continue;
    const auto path = folder + '/' + std::string(type->folder) + '/' + std::string(base_name(found.path));
    // Two files of one name: where each is found depends on more than the tree can tell.
    if (!names.insert(path).second) return false;
    const auto font = found.type == fonts ? small_font(found.path, map, manifest, folder.size() < longest_folder) : std::nullopt;
    if (!(font ? put(path, *font) : link_to(found.path, path))) return false;
  }
  const auto written = [&](const std::string& name, const std::string& text) { return static_cast<bool>(io::write_file(folder + '/' + name, text)); };
  const auto cnf = configuration(folder, manifest);
  if (cnf.find("\nmain_memory") == std::string::npos) return false;  // TeX's own sizes are too small
  if (!written("map/pdftex.map", map) || !written("texmf.cnf", cnf)) return false;
  manifest.tree_digest = digest_of_tree(folder, manifest).value_or("");
  return !manifest.tree_digest.empty();
}

std::vector<std::string> own_files(const std::string& folder, const Manifest& manifest) {
  std::vector<std::string> files = {folder + "/map/pdftex.map", folder + "/texmf.cnf"};
  for (const auto& found : manifest.found) {
    if (found.type == fonts) files.push_back(folder + "/type1/" + std::string(base_name(found.path)));
  }
  return files;
}

std::optional<std::string> digest_of_tree(const std::string& folder, const Manifest& manifest) {
  Digest all;
  for (const auto& path : own_files(folder, manifest)) {
    const auto one = digest_of_file(path);
    if (!one) return std::nullopt;
    all.add(*one);
  }
  return all.hex();
}

}  // namespace cvgen::typeset
