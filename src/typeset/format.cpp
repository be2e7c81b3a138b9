#include "typeset/format.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "io/environment.hpp"
#include "io/file.hpp"
#include "io/signals.hpp"
#include "io/temporary.hpp"
#include "typeset/base.hpp"
#include "typeset/digest.hpp"
#include "typeset/dump.hpp"
#include "typeset/engine.hpp"
#include "typeset/glyphs.hpp"
#include "typeset/installation.hpp"
#include "typeset/tree.hpp"

namespace cvgen::typeset {
namespace {

constexpr std::size_t largest_text = 64U << 20U;

std::string base_name(std::string_view path) { return std::string(path.substr(path.rfind('/') + 1)); }

// `base`: the id of that of LaTeX, if it isn't TeX's own.
std::string key_of(const std::string& program, std::string_view preamble, std::string_view base) {
  return Digest().add(digest_of_engine(program, {"PATH", "TMPDIR"})).add(preamble).add(base).hex();
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

std::optional<Format> Format::of_key(const Cache& cache, const std::string& key) {
  if (!cache || key.empty() || key.find('/') != std::string::npos) return std::nullopt;
  const auto folder = cache.formats() + '/' + key;
  const auto text = io::read_file(folder + "/manifest", largest_text);
  auto manifest = text ? read_manifest(*text) : std::nullopt;
  return manifest && manifest->usable ? std::optional(Format(folder, key, *std::move(manifest))) : std::nullopt;
}

std::optional<Format> Format::find(const Cache& cache, const std::string& program, std::string_view preamble) {
  if (!cache || !is_plain(cache.folder())) return std::nullopt;
  const auto key = key_of(program, preamble, Base::id_of(cache, program));
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
  const auto base = Base::find(cache, program);
  // Another may have been faster.
  if (auto found = find(cache, program, preamble)) return found;
  const auto key = key_of(program, preamble, base ? base->id() : "");
  const auto folder = cache.formats() + "/.new-" + key;
  io::remove_folder(folder);
  if (!io::make_private_folder(folder)) return std::nullopt;
  const Dumping dumping{cache, program, folder, time_limit, std::move(stop)};
  const auto manifest = base ? dump_preamble(dumping, preamble, base->start(), &base->manifest()) : dump_preamble(dumping, preamble, base_name(program), nullptr);
  const auto final_folder = cache.formats() + '/' + key;
  // What is there under its name by now is of no use. An interruption may be why nothing was found there.
  if (!io::interrupted()) {
    io::remove_folder(final_folder);
    io::remove_file(final_folder);
  }
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
  manifest_.note(searches, cache.folder());
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
