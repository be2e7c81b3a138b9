#include "typeset/base.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

#include "io/file.hpp"
#include "io/signals.hpp"
#include "io/store.hpp"
#include "io/temporary.hpp"
#include "text/cut.hpp"
#include "typeset/digest.hpp"
#include "typeset/dump.hpp"
#include "typeset/engine.hpp"
#include "typeset/installation.hpp"

namespace cvgen::typeset {
namespace {

constexpr std::string_view record = "base";
constexpr std::size_t largest_text = 64U << 20U;

// Files of expl3 whose tables are known to come out the same, by digest.
constexpr std::string_view reader = "expl3-code.tex", unicode_data = "UnicodeData.txt";
constexpr std::string_view known_readers[] = {
    "bf342fae0b6ab1289bad428a378ab822",  // 2023-01-16
};

std::string key_of(const std::string& program) { return digest_of_engine(program, {"PATH", "TMPDIR"}); }

std::string folder_of(const Cache& cache, const std::string& key) { return fmt::format("{}/base-{}", cache.formats(), key); }

// Else the system's own format is another thing. TeX Live has several such files, of which the first is asked first.
bool is_made_as_usual(const std::string& kpsewhich) {
  const auto paths = ask(kpsewhich, {"--all", "fmtutil.cnf"}).output;
  for (std::string_view rest = paths; !rest.empty();) {
    const auto text = io::read_file(std::string(text::cut(rest, '\n')), largest_text);
    if (!text) return false;
    for (std::string_view lines = *text; !lines.empty();) {
      auto line = std::string(text::cut(lines, '\n'));
      std::replace(line.begin(), line.end(), '\t', ' ');
      line.erase(std::unique(line.begin(), line.end(), [](char a, char b) { return a == ' ' && b == ' '; }), line.end());
      if (line.starts_with("pdflatex ")) return line == "pdflatex pdftex language.dat -translate-file=cp227.tcx *pdflatex.ini";
    }
  }
  return false;
}

}  // namespace

std::string with_unassigned(std::string_view unicode_data) {
  constexpr std::uint32_t largest_gap = 1024, step = 512, block = 64;
  std::string result;
  result.reserve(unicode_data.size() + (128U << 10U));
  std::uint32_t last = 0;
  while (!unicode_data.empty()) {
    const auto line = text::cut(unicode_data, '\n');
    std::uint32_t code = 0;
    std::from_chars(line.data(), line.data() + line.size(), code, 16);
    // A range is given by its first and its last.
    if (code > last + largest_gap && line.find(", Last>") == std::string_view::npos) {
      for (auto filler = last - last % block + step; filler < code; filler += step) fmt::format_to(std::back_inserter(result), "{:04X};<none>;Cn;0;L;;;;;N;;;;;\n", filler);
    }
    result.append(line).push_back('\n');
    last = code;
  }
  return result;
}

std::string with_small_arrays(std::string_view expl3) {
  constexpr std::string_view begin = "\\intarray_new:Nn \\g__regex_", size = "{ 65536 }", small = "{ 1024 }";
  std::string result;
  result.reserve(expl3.size());
  while (!expl3.empty()) {
    const auto line = text::cut(expl3, '\n');
    if (line.starts_with(begin) && line.ends_with(size)) result.append(line.substr(0, line.size() - size.size())).append(small);
    else result.append(line);
    result.push_back('\n');
  }
  return result;
}

std::string Base::id_of(const Cache& cache, const std::string& program) { return cache.get(record, key_of(program)).value_or(""); }

std::optional<Base> Base::find(const Cache& cache, const std::string& program) {
  const auto key = key_of(program);
  const auto folder = folder_of(cache, key);
  const auto text = io::read_file(folder + "/manifest", largest_text);
  auto manifest = text ? read_manifest(*text) : std::nullopt;
  const auto digest = manifest && manifest->is_current() ? digest_of_file(fmt::format("{}/{}", folder, format_file)) : io::Failure{};
  if (digest && *digest == manifest->format_digest) {
    io::touch(folder);
    if (cache.get(record, key) != *digest) cache.put(record, key, *digest);
    return Base(folder, *std::move(manifest));
  }
  if (!io::interrupted()) cache.drop(record, key);  // reading stops then
  return std::nullopt;
}

std::optional<Base> Base::make(const Cache& cache, const std::string& program, std::chrono::milliseconds time_limit, std::stop_token stop) {
  if (!cache || !is_plain(cache.folder())) return std::nullopt;
  if (auto found = find(cache, program)) return found;
  const auto kpsewhich = find_kpsewhich(program);
  if (!kpsewhich) return std::nullopt;
  const auto files = find_files(*kpsewhich, {std::string(reader), std::string(unicode_data)});
  const auto path_of = [&](std::string_view name) {
    const auto found = files.find(name);
    return found == files.end() ? std::string() : found->second;
  };
  const auto known = digest_of_file(path_of(reader));
  const auto code = io::read_file(path_of(reader), largest_text), data = io::read_file(path_of(unicode_data), largest_text);
  if (!known || !code || !data || std::find(std::begin(known_readers), std::end(known_readers), *known) == std::end(known_readers) || !is_made_as_usual(*kpsewhich)) return std::nullopt;
  const io::Orderly orderly;
  const auto lock = io::Lock::take(cache.folder() + "/lock");
  if (!lock) return std::nullopt;
  const auto key = key_of(program);
  const auto folder = folder_of(cache, key), fresh = fmt::format("{}/.new-base-{}", cache.formats(), key);
  io::remove_folder(fresh);
  if (!io::make_private_folder(fresh)) return std::nullopt;
  auto manifest = dump_latex({cache, program, fresh, time_limit, std::move(stop)}, {{std::string(reader), with_small_arrays(*code), path_of(reader)}, {std::string(unicode_data), with_unassigned(*data), path_of(unicode_data)}});
  if (!io::interrupted()) io::remove_folder(folder);
  if (!manifest || !io::write_file(fresh + "/manifest", write_manifest(*manifest)) || !io::rename(fresh, folder)) {
    io::remove_folder(fresh);
    return std::nullopt;
  }
  cache.put(record, key, manifest->format_digest);
  cache.trim();
  return Base(folder, *std::move(manifest));
}

}  // namespace cvgen::typeset
