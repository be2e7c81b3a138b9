#include "typeset/installation.hpp"

#include <algorithm>
#include <set>

#include "io/environment.hpp"
#include "io/process.hpp"
#include "io/store.hpp"
#include "text/cut.hpp"
#include "typeset/engine.hpp"
#include "typeset/manifest.hpp"

namespace cvgen::typeset {
namespace {

constexpr std::string_view record = "trees", kind = "tree";
// Stands between the folders of texmf.cnf and all others.
constexpr std::string_view separator = "/cvgen";
constexpr std::string_view question =
    "$TEXMFCNF:/cvgen:$TEXMFCNF:$TEXMF:$TEXMFDBS:$TEXMFCACHE:$TEXINPUTS:$LUAINPUTS:$TEXFORMATS:$TFMFONTS:$VFFONTS:$ENCFONTS:$T1FONTS:$TTFONTS:$OPENTYPEFONTS:"
    "$TEXFONTMAPS:$WEB2C";

// Without what kpathsea reads as "look only into ls-R" and "and below".
std::string_view folder_of(std::string_view element) {
  if (element.starts_with("!!")) element.remove_prefix(2);
  element = element.substr(0, element.find("//"));
  while (element.size() > 1 && element.ends_with('/')) element.remove_suffix(1);
  return element;
}

bool is_in(std::string_view path, std::string_view folder) { return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/'; }

Manifest trees_of(const std::string& program) {
  Manifest answer;
  const auto kpsewhich = find_kpsewhich(program);
  if (!kpsewhich) return answer;
  const auto outcome = ask(*kpsewhich, {"-progname=" + program.substr(program.rfind('/') + 1), "-expand-braces=" + std::string(question)});
  if (outcome.end != io::Outcome::End::exited || outcome.code != 0) return answer;
  bool of_cnf = true;
  std::set<std::string_view> folders;
  std::string_view rest = outcome.output;
  rest = text::cut(rest, '\n');
  while (!rest.empty()) {
    const auto folder = folder_of(text::cut(rest, ':'));
    if (!folder.starts_with('/')) continue;
    if (folder == separator) of_cnf = false;
    else if (of_cnf) answer.stamps[std::string(folder) + "/texmf.cnf"] = std::nullopt;
    else folders.insert(folder);
  }
  std::erase_if(folders, [&](std::string_view folder) { return std::any_of(folders.begin(), folders.end(), [&](std::string_view other) { return is_in(folder, other); }); });
  for (const auto folder : folders) answer.found.insert({std::string(folder), std::string(kind)});
  for (const auto& path : {program, *kpsewhich}) answer.stamps[path] = std::nullopt;
  for (auto& [path, stamp] : answer.stamps) stamp = io::stamp(path);
  return answer;
}

}  // namespace

bool is_plain(std::string_view path) {
  return path.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/+@") == std::string_view::npos;
}

std::optional<std::string> find_kpsewhich(const std::string& program) {
  auto found = io::find_on_path(program.substr(0, program.rfind('/') + 1) + "kpsewhich");
  return found ? found : io::find_on_path("kpsewhich");
}

std::map<std::string, std::string, std::less<>> find_files(const std::string& kpsewhich, const std::vector<std::string>& names) {
  std::vector<std::string> arguments = {"--"};
  arguments.insert(arguments.end(), names.begin(), names.end());
  const auto output = ask(kpsewhich, std::move(arguments)).output;  // one run: starting it takes longer than all the looking
  std::map<std::string, std::string, std::less<>> found;
  for (std::string_view rest = output; !rest.empty();) {
    const auto line = text::cut(rest, '\n');
    const auto slash = line.rfind('/');
    if (slash != std::string_view::npos) found.emplace(line.substr(slash + 1), line);
  }
  return found;
}

std::vector<std::string> tex_trees(const std::string& program, const Cache* cache) {
  const auto key = cache != nullptr ? digest_of_engine(program, {"TMPDIR", "SOURCE_DATE_EPOCH"}) : std::string();
  auto known = cache != nullptr ? read_manifest(cache->get(record, key).value_or("")) : std::nullopt;
  if (!known || !known->is_current()) {
    known = trees_of(program);
    if (cache != nullptr && !known->found.empty()) cache->put(record, key, write_manifest(*known));
  }
  std::vector<std::string> result;
  for (const auto& found : known->found) result.push_back(found.path);
  return result;
}

}  // namespace cvgen::typeset
