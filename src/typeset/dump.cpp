#include "typeset/dump.hpp"

#include <zlib.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "io/file.hpp"
#include "text/cut.hpp"
#include "typeset/digest.hpp"
#include "typeset/engine.hpp"
#include "typeset/hooks.hpp"
#include "typeset/log.hpp"

namespace cvgen::typeset {
namespace {

constexpr std::string_view preamble_file = "preamble.tex";
constexpr std::size_t largest_text = 64U << 20U;
// Uncompressed; one of moderncv takes 21 MB.
constexpr std::size_t largest_format = 256U << 20U;
constexpr std::size_t most_folders = 2000;

// What TeX keeps neither in a format nor where it could be asked for.
constexpr std::string_view not_kept[] = {"\\pdfmapfile", "\\pdfmapline", "\\pdfinfo{", "\\pdfcatalog", "\\pdfnames", "\\pdfpageresources", "\\openout", "\\openin"};

// At the end of the preamble: what is on the page by then, and the first number that a new stack of colours gets.
constexpr std::string_view last_words =
    "{\\showboxbreadth=100 \\showboxdepth=100 \\tracingonline=0\n"
    "\\immediate\\write-1{cvgen: stack \\pdfcolorstackinit direct{}}\n"
    "\\immediate\\write-1{cvgen: page}\\showlists\\immediate\\write-1{cvgen: end}}\n"
    "\\dump\n";

// Folders in which a file may appear without any list of files telling so. False: they are too many.
bool stamp_folders(const std::string& path, Manifest& manifest) {
  if (manifest.stamps.size() > most_folders) return false;
  manifest.stamps[path] = io::stamp(path);
  const auto names = io::list_folder(path);
  if (!names) return true;
  return std::all_of(names->begin(), names->end(), [&](const std::string& name) {
    const auto inner = path + '/' + name;
    return !io::is_folder(inner) || stamp_folders(inner, manifest);
  });
}

// TeX that puts on the page what the preamble has put there, which is no more than a colour, and sets what else is lost.
// Nothing if there is more to it.
std::optional<std::string> prologue_of(std::string_view log, std::string_view preamble) {
  constexpr std::string_view start = "cvgen: page\n", end = "cvgen: end";
  const auto from = log.find(start), to = log.find(end, from);
  if (from == std::string_view::npos || to == std::string_view::npos) return std::nullopt;
  if (log.find("cvgen: stack 1\n") == std::string_view::npos) return std::nullopt;
  if (std::any_of(std::begin(not_kept), std::end(not_kept), [&](std::string_view command) { return preamble.find(command) != std::string_view::npos; })) return std::nullopt;
  std::string result;
  auto shown = log.substr(from + start.size(), to - from - start.size());
  while (!shown.empty()) {
    const auto line = text::cut(shown, '\n');
    if (line.ends_with("OK.")) break;
    if (line.empty() || line.starts_with("### vertical mode") || line == "### current page:" || line == "### recent contributions:" || line == "prevdepth ignored") continue;
    if (line.starts_with("prevdepth ")) result += fmt::format("\\prevdepth={}pt", line.substr(10));
    else if (line.starts_with("\\pdfcolorstack ")) result += line;
    else if (line == "\\write-{}") result += "\\write-1{}";
    else return std::nullopt;
  }
  constexpr std::string_view id = "\\pdftrailerid{";
  if (const auto at = preamble.rfind(id); at != std::string_view::npos) {
    const auto rest = preamble.substr(at);
    result += rest.substr(0, rest.find('}') + 1);
  }
  return result;
}

// `start`: the format that it begins with, if any.
std::optional<Searches> run_initex(const Dumping& dumping, std::vector<std::string> options, const std::string& source, const std::string& start, bool halt) {
  auto command = tex_command(dumping.program, dumping.folder, source, dumping.time_limit, &dumping.cache);
  if (!start.empty()) command.arguments.insert(command.arguments.end() - 1, "&" + start);
  if (!halt) std::erase(command.arguments, "-halt-on-error");
  options.insert(options.begin(), {"-ini", "-progname=" + dumping.program.substr(dumping.program.rfind('/') + 1)});
  command.arguments.insert(command.arguments.begin(), options.begin(), options.end());
  command.environment.emplace_back("KPATHSEA_DEBUG=32");
  command.errors = searches_file;
  command.stop = dumping.stop;
  if (command.sandbox) command.sandbox->readable.push_back(dumping.cache.formats());
  if (io::run(command).end != io::Outcome::End::exited) return std::nullopt;
  const auto searched = io::read_regular_file(dumping.path(searches_file), largest_text);
  auto searches = read_searches(searched ? *searched : std::string());
  return searches.found.empty() ? std::nullopt : std::optional(std::move(searches));
}

// TeX compresses formats, and takes a third of a run to read one again.
bool inflate(const std::string& path) {
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(::gzopen(path.c_str(), "rb"), &::gzclose);
  if (!file) return false;
  ::gzbuffer(file.get(), 256U << 10U);
  std::string bytes;
  constexpr std::size_t step = 4U << 20U;
  while (bytes.size() < largest_format) {
    const auto size = bytes.size();
    bytes.resize(size + step);
    const int got = ::gzread(file.get(), bytes.data() + size, step);
    if (got < 0) return false;
    bytes.resize(size + static_cast<std::size_t>(got));
    if (got == 0) return static_cast<bool>(io::write_file(path, bytes));
  }
  return false;
}

// What was found depends on no more than the manifest has then.
bool note_all(const Dumping& dumping, const Searches& searches, Manifest& manifest) {
  manifest.stamps[dumping.program] = io::stamp(dumping.program);
  manifest.note(searches, dumping.cache.folder());
  // What runs use is learnt from runs.
  std::erase_if(manifest.found, [](const Searches::Found& found) { return !found.type.empty(); });
  manifest.absent.clear();
  return std::all_of(searches.unlisted.begin(), searches.unlisted.end(), [&](const std::string& tree) { return stamp_folders(tree, manifest); });
}

// Leaves nothing in the folder but the format.
std::optional<Manifest> finish(const Dumping& dumping, Manifest manifest) {
  const auto names = io::list_folder(dumping.folder);
  if (!names) return std::nullopt;
  for (const auto& name : *names) {
    if (!manifest.usable || name != format_file) io::remove_file(dumping.path(name));
  }
  if (!manifest.usable) return manifest;
  if (!inflate(dumping.path(format_file))) return std::nullopt;
  const auto whole = digest_of_file(dumping.path(format_file));
  if (!whole) return std::nullopt;
  manifest.format_digest = *whole;
  return manifest;
}

}  // namespace

std::string Dumping::path(std::string_view name) const { return fmt::format("{}/{}", folder, name); }

std::optional<Manifest> dump_preamble(const Dumping& dumping, std::string_view preamble, const std::string& start, const Manifest* start_manifest) {
  if (!io::write_file(dumping.path(preamble_file), fmt::format("{}{}{}", preamble, sorted_hooks(), last_words))) return std::nullopt;
  const auto searches = run_initex(dumping, {}, std::string(preamble_file), start, false);  // \showlists counts as an error
  const auto log = io::read_regular_file(dumping.path("cv.log"), largest_text);
  if (!searches || !log || !read_log(log->substr(0, log->find("cvgen: page"))).errors.empty()) return std::nullopt;
  Manifest manifest;
  if (start_manifest != nullptr) manifest.stamps = start_manifest->stamps;
  const auto prologue = prologue_of(*log, preamble);
  manifest.usable = note_all(dumping, *searches, manifest) && prologue && !io::file_exists(dumping.path("cv.pdf"));
  manifest.prologue = prologue.value_or("");
  return finish(dumping, std::move(manifest));
}

std::optional<Manifest> dump_latex(const Dumping& dumping, const std::vector<Replaced>& files) {
  for (const auto& file : files) {
    if (!io::write_file(dumping.path(file.name), file.bytes)) return std::nullopt;
  }
  const auto searches = run_initex(dumping, {"-translate-file=cp227.tcx"}, "*pdflatex.ini", "", true);
  if (!searches || !io::file_exists(dumping.path(format_file))) return std::nullopt;
  Manifest manifest;
  for (const auto& file : files) manifest.stamps[file.source] = io::stamp(file.source);
  if (!note_all(dumping, *searches, manifest)) return std::nullopt;
  return finish(dumping, std::move(manifest));
}

}  // namespace cvgen::typeset
