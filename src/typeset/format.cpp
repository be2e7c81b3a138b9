#include "typeset/format.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <memory>

#include "io/environment.hpp"
#include "io/file.hpp"
#include "io/signals.hpp"
#include "io/temporary.hpp"
#include "text/cut.hpp"
#include "typeset/digest.hpp"
#include "typeset/engine.hpp"
#include "typeset/glyphs.hpp"
#include "typeset/hooks.hpp"
#include "typeset/installation.hpp"
#include "typeset/log.hpp"
#include "typeset/tree.hpp"

namespace cvgen::typeset {
namespace {

constexpr std::string_view format_file = "cv.fmt";
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

std::string base_name(std::string_view path) { return std::string(path.substr(path.rfind('/') + 1)); }

std::string key_of(const std::string& program, std::string_view preamble) {
  Digest key;
  key.add(program).add(preamble);
  for (const auto& variable : tex_environment()) {
    if (!variable.starts_with("PATH=") && !variable.starts_with("TMPDIR=")) key.add(variable);
  }
  return key.hex();
}

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

void note(const Searches& searches, const std::string& cache, Manifest& manifest) {
  for (const auto& found : searches.found) {
    if (found.path.starts_with(cache)) continue;
    manifest.found.insert(found);
    manifest.stamps.try_emplace(found.path, io::stamp(found.path));
  }
  manifest.absent.insert(searches.absent.begin(), searches.absent.end());
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

io::Command dumping(const std::string& program, const std::string& folder, std::chrono::milliseconds time_limit, const Cache& cache) {
  auto command = tex_command(program, folder, std::string(preamble_file), time_limit, &cache);
  // \showlists counts as an error.
  std::erase(command.arguments, "-halt-on-error");
  const auto name = base_name(program);
  command.arguments.insert(command.arguments.begin(), {"-ini", "-progname=" + name});
  command.arguments.insert(command.arguments.end() - 1, "&" + name);
  command.environment.emplace_back("KPATHSEA_DEBUG=32");
  command.errors = searches_file;
  return command;
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

// Runs TeX in the folder. The manifest says what came of it; nothing if TeX failed, of which a run of the document will tell.
std::optional<Manifest> dump(const std::string& folder, const Cache& cache, const std::string& program, std::string_view preamble,
                             std::chrono::milliseconds time_limit, std::stop_token stop) {
  if (!io::write_file(folder + '/' + std::string(preamble_file), fmt::format("{}{}{}", preamble, sorted_hooks(), last_words))) return std::nullopt;
  auto command = dumping(program, folder, time_limit, cache);
  command.stop = std::move(stop);
  const auto outcome = io::run(command);
  if (outcome.end != io::Outcome::End::exited) return std::nullopt;
  const auto log = io::read_regular_file(folder + "/cv.log", largest_text);
  const auto searched = io::read_regular_file(folder + '/' + std::string(searches_file), largest_text);
  if (!log || !searched || !read_log(log->substr(0, log->find("cvgen: page"))).errors.empty()) return std::nullopt;
  const auto searches = read_searches(*searched);
  if (searches.found.empty()) return std::nullopt;

  Manifest manifest;
  manifest.stamps[program] = io::stamp(program);
  note(searches, cache.folder(), manifest);
  // Found by the preamble; what runs use is learnt from runs.
  std::erase_if(manifest.found, [](const Searches::Found& found) { return !found.type.empty(); });
  manifest.absent.clear();
  const auto path = folder + '/' + std::string(format_file);
  const auto prologue = prologue_of(*log, preamble);
  const bool complete = std::all_of(searches.unlisted.begin(), searches.unlisted.end(), [&](const std::string& tree) { return stamp_folders(tree, manifest); });
  manifest.usable = complete && prologue && !io::file_exists(folder + "/cv.pdf");
  if (manifest.usable) {
    if (!inflate(path)) return std::nullopt;
    const auto whole = digest_of_file(path);
    if (!whole) return std::nullopt;
    manifest.prologue = *prologue;
    manifest.format_digest = *whole;
  } else {
    io::remove_file(path);
  }
  return manifest;
}

// Stands for the files having been read and found whole, as long as they keep their stamps and the system runs: a crash of the
// system can leave a file of the right size and time without its bytes.
std::string proof_of(const Manifest& manifest, const std::vector<std::string>& files) {
  auto proof = fmt::format("{}\n{} {}\n", io::boot_id().value_or(""), manifest.format_digest, manifest.tree_digest);
  for (const auto& file : files) {
    if (const auto stamp = io::stamp(file)) proof += fmt::format("{} {} {} {}\n", stamp->size, stamp->inode, stamp->changed, file);
  }
  return proof;
}

}  // namespace

bool Format::is_current(const Cache& cache, std::string_view key) {
  if (!cache || key.empty()) return false;
  const auto text = io::read_file(fmt::format("{}/{}/manifest", cache.formats(), key), largest_text);
  const auto manifest = text ? read_manifest(*text) : std::nullopt;
  return manifest && manifest->is_current();
}

std::optional<Format> Format::find(const Cache& cache, const std::string& program, std::string_view preamble) {
  if (!cache || !is_plain(cache.folder())) return std::nullopt;
  const auto key = key_of(program, preamble);
  const auto folder = cache.formats() + '/' + key;
  const auto text = io::read_file(folder + "/manifest", largest_text);
  if (!text) return std::nullopt;
  auto manifest = read_manifest(*text);
  if (!manifest || !manifest->is_current()) {
    io::remove_folder(folder);
    return std::nullopt;
  }
  io::touch(folder);
  return Format(folder, key, *std::move(manifest));
}

std::optional<Format> Format::make(const Cache& cache, const std::string& program, std::string_view preamble, std::chrono::milliseconds time_limit,
                                   std::stop_token stop) {
  if (!cache || !is_plain(cache.folder()) || preamble.empty()) return std::nullopt;
  const io::Orderly orderly;
  const auto lock = io::Lock::take(cache.folder() + "/lock");
  if (!lock) return std::nullopt;
  // Another may have been faster.
  if (auto found = find(cache, program, preamble)) return found;
  const auto key = key_of(program, preamble);
  const auto folder = cache.formats() + "/.new-" + key;
  io::remove_folder(folder);
  if (!io::make_private_folder(folder)) return std::nullopt;
  const auto manifest = dump(folder, cache, program, preamble, time_limit, std::move(stop));
  const auto final_folder = cache.formats() + '/' + key;
  for (const auto& file : {std::string("cv.log"), std::string(preamble_file), std::string(searches_file)}) io::remove_file(folder + '/' + file);
  // What is there under its name by now is of no use.
  io::remove_folder(final_folder);
  io::remove_file(final_folder);
  if (!manifest || !io::write_file(folder + "/manifest", write_manifest(*manifest)) || !io::rename(folder, final_folder)) {
    io::remove_folder(folder);
    return std::nullopt;
  }
  cache.trim();
  return Format(final_folder, key, *manifest);
}

std::string Format::document(std::string_view tex, std::size_t preamble_size) const {
  const auto preamble = tex.substr(0, preamble_size);
  auto result = manifest_.prologue;
  for (auto lines = std::count(preamble.begin(), preamble.end(), '\n'); lines > 0; --lines) result += "%\n";
  return result.append(tex.substr(preamble.size()));
}

void Format::use_in(io::Command& command, bool closed) const {
  const auto name = base_name(command.program);
  command.arguments.insert(command.arguments.begin(), {fmt::format("-fmt={}/cv", folder_), "-progname=" + name, "-no-parse-first-line"});
  command.environment.emplace_back("KPATHSEA_DEBUG=32");
  // Large pages: of what TeX allots most is written to at once.
  command.environment.emplace_back("GLIBC_TUNABLES=glibc.malloc.hugetlb=1");
  command.errors = searches_file;
  if (command.sandbox) command.sandbox->readable.push_back(folder_);
  if (!closed) return;
  std::erase_if(command.environment, [](const std::string& variable) { return variable.starts_with("TEXMFCNF="); });
  command.environment.push_back("TEXMFCNF=" + folder_ + "/tree");
}

bool Format::suffices(const Searches& searches) const {
  if (searches.found.empty()) return false;
  return std::all_of(searches.absent.begin(), searches.absent.end(), [&](const std::string& names) {
    // The tree needs no list of its files.
    if (manifest_.absent.contains(names) || names.ends_with("ls-R")) return true;
    // An instance of a font, a little wider or narrower: "ec-lmr10+20.vf". There is no file of that name.
    const auto sign = names.find_last_of("+-");
    if (!names.ends_with(".vf") || sign == std::string::npos) return false;
    const auto digits = std::string_view(names).substr(sign + 1, names.size() - sign - 4);
    const auto font = names.substr(0, sign) + ".tfm";
    return !digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos &&
           std::any_of(manifest_.found.begin(), manifest_.found.end(), [&](const Searches::Found& found) { return found.type == "tfm" && base_name(found.path) == font; });
  });
}

void Format::learn(const Cache& cache, const Searches& searches, std::string_view pdf) {
  const auto lock = io::Lock::take(folder_ + "/lock");
  if (!lock) return;
  // What others have learnt meanwhile.
  if (const auto text = io::read_file(folder_ + "/manifest", largest_text)) {
    if (auto manifest = read_manifest(*text)) manifest_ = *std::move(manifest);
  }
  note(searches, cache.folder(), manifest_);
  manifest_.glyphs.merge(glyphs_in(pdf));
  (void)write_tree(folder_ + "/tree", manifest_);
  (void)io::write_file(folder_ + "/manifest", write_manifest(manifest_));
}

bool Format::is_intact(const Cache& cache) const {
  const auto tree = folder_ + "/tree", format = folder_ + '/' + std::string(format_file);
  auto files = own_files(tree, manifest_);
  files.push_back(format);
  const auto proof = proof_of(manifest_, files);
  if (cache.is_proven(proof)) return true;
  const auto record = folder_ + "/proven";
  if (const auto earlier = io::read_file(record, largest_text); !io::boot_id() || !earlier || *earlier != proof) {
    const auto whole = digest_of_file(format);
    if (!whole || *whole != manifest_.format_digest) return false;
    if (has_tree() && digest_of_tree(tree, manifest_) != manifest_.tree_digest) return false;
    (void)io::write_file(record, proof);
  }
  cache.proven(proof);
  return true;
}

std::string Format::identity() const {
  const auto stamp = io::stamp(folder_ + '/' + std::string(format_file)).value_or(io::Stamp{});
  return fmt::format("{} {} {} {} {}", manifest_.format_digest, manifest_.tree_digest, stamp.size, stamp.inode, stamp.changed);
}

void Format::never_again() {
  manifest_.usable = false;
  (void)io::write_file(folder_ + "/manifest", write_manifest(manifest_));
}

void Format::remove() const { io::remove_folder(folder_); }

}  // namespace cvgen::typeset
