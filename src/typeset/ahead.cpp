#include "typeset/ahead.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "io/file.hpp"
#include "typeset/digest.hpp"
#include "typeset/engine.hpp"
#include "typeset/report.hpp"

namespace cvgen::typeset {
namespace {

// Each of them takes some 40 MB of memory.
constexpr std::size_t most = 4;
// People edit on where they were, or a little above.
constexpr int lines_above = 8;
constexpr std::string_view prefix = "cvgen-ahead-";
constexpr std::string_view lock_name = "lock";

// Of the files to recall, in bytes together: writing and reading more would take longer than is won.
constexpr std::size_t largest_recalled = 1U << 20U;
// What is told beside the files, by names that none of them has.
constexpr std::string_view name_of = "/name", program_of = "/program", format_of = "/format", limit_of = "/limit";

// Of all that a run depends on but the text, its folder and its time limit.
std::string key_of(const Ahead::Run& run, const Memory& files) {
  Digest key;
  key.add(digest_of_engine(run.program, {})).add(run.format.key()).add(run.format.identity());
  for (const auto& [name, bytes] : files) key.add(name).add(bytes);
  return key.hex();
}

// Up to which it is loaded rather than set.
std::size_t head_of(std::string_view text) {
  const auto at = text.find("\n\\begin{document}\n");
  return at == std::string_view::npos ? 0 : text.find('\n', at + 1) + 1;
}

// Some lines above the first difference.
std::size_t place_of_change(std::string_view before, std::string_view after) {
  const auto common = static_cast<std::size_t>(std::mismatch(before.begin(), before.end(), after.begin(), after.end()).first - before.begin());
  auto place = common;
  for (int lines = 0; lines <= lines_above && place != std::string_view::npos && place > 0; ++lines) place = after.rfind('\n', place - 1);
  place = place == std::string_view::npos || place == 0 ? 0 : place + 1;
  return std::max(place, std::min(head_of(after), common));
}

}  // namespace

void Ahead::tidy_up() {
  const auto root = io::temporary_root();
  const auto names = io::list_folder(root);
  if (!names) return;
  for (const auto& name : *names) {
    const auto path = root + '/' + name;
    // One's own, and locked by nobody.
    if (name.starts_with(prefix) && io::make_private_folder(path) && io::Lock::take(fmt::format("{}/{}", path, lock_name))) io::remove_folder(path);
  }
}

io::Command Ahead::Run::command(const std::string& folder) const {
  auto result = tex_command(program, folder, std::string(Document::file), time_limit, cache);
  format.use_in(result, true);
  return result;
}

std::optional<std::string> Ahead::to_recall() const {
  const std::lock_guard lock(mutex_);
  if (wanted_.empty() || wanted_.front().aim != Aim::product) return std::nullopt;
  const auto& last = wanted_.front();
  auto words = last.input.files;
  words.emplace(name_of, last.name);
  words.emplace(program_of, last.run.program);
  words.emplace(format_of, last.run.format.key());
  words.emplace(limit_of, std::to_string(last.run.time_limit.count()));
  auto text = write_memory(words);
  return text.size() > largest_recalled ? std::nullopt : std::optional(std::move(text));
}

void Ahead::recall(const Cache& cache, std::string_view words) {
  auto files = read_memory(words);
  if (!files) return;
  const auto take = [&](std::string_view name) { return take_file(*files, name).value_or(""); };
  const auto name = take(name_of), program = take(program_of), key = take(format_of), limit = take(limit_of);
  auto seconds = 0;
  std::from_chars(limit.data(), limit.data() + limit.size(), seconds);
  auto format = Format::of_key(cache, key);
  if (format && format->has_tree() && seconds > 0) want(name, Aim::product, {program, *std::move(format), std::chrono::seconds(seconds), &cache}, {{}, *std::move(files)});
}

void Ahead::want(const std::string& name, Aim aim, Run run, Input input) {
  const std::lock_guard lock(mutex_);
  auto place = head_of(input.text);
  const auto known = std::find_if(wanted_.begin(), wanted_.end(), [&](const Wanted& other) { return other.name == name; });
  if (known != wanted_.end()) {
    place = known->input.text == input.text ? known->place : place_of_change(known->input.text, input.text);
    wanted_.erase(known);
  }
  const auto first = aim == Aim::product ? wanted_.begin() : std::find_if(wanted_.begin(), wanted_.end(), [](const Wanted& other) { return other.aim == Aim::trace; });
  wanted_.insert(first, {name, aim, std::move(run), std::move(input), place});
  if (wanted_.size() > most) wanted_.pop_back();
}

std::optional<Ahead::Engine> Ahead::take(const Run& run, const Input& input) {
  const std::lock_guard lock(mutex_);
  if (waiting_.empty()) return std::nullopt;
  const auto key = key_of(run, input.files);
  auto best = waiting_.end();
  for (auto one = waiting_.begin(); one != waiting_.end(); ++one) {
    const auto& [start, engine] = *one;
    const bool fits = start.key == key && input.text.starts_with(start.beginning) && engine.process.is_waiting();
    if (fits && (best == waiting_.end() || start.beginning.size() > best->first.beginning.size())) best = one;
  }
  if (best == waiting_.end()) return std::nullopt;
  std::optional<Engine> engine(std::move(best->second));
  waiting_.erase(best);
  return engine;
}

std::optional<Ahead::Engine> Ahead::start(const Wanted& wanted, std::string_view beginning) {
  auto home = io::TemporaryFolder::create(std::string(prefix));
  if (!home) return std::nullopt;
  auto lock = io::Lock::take(fmt::format("{}/{}", home->path(), lock_name));
  const auto folder = home->path() + "/run";
  if (!lock || !io::make_folder(folder)) return std::nullopt;
  for (const auto& [name, bytes] : wanted.input.files) {
    if (!io::write_file(folder + '/' + name, bytes)) return std::nullopt;
  }
  auto process = io::EarlyProcess::start(wanted.run.command(folder), std::string(Document::file), beginning);
  if (!process) return std::nullopt;
  return Engine{folder, *std::move(home), *std::move(lock), *std::move(process)};
}

void Ahead::prepare() {
  const std::lock_guard lock(mutex_);
  std::vector<std::pair<Start, const Wanted*>> starts, heads;
  for (const auto& wanted : wanted_) {
    const auto& text = wanted.input.text;
    const auto key = key_of(wanted.run, wanted.input.files);
    starts.push_back({{key, text.substr(0, wanted.place)}, &wanted});
    // Should the next change be above that.
    if (const auto head = head_of(text); head < wanted.place) heads.push_back({{key, text.substr(0, head)}, &wanted});
  }
  starts.insert(starts.end(), heads.begin(), heads.end());
  starts.resize(std::min(starts.size(), most));
  const auto among = [](const auto& list, const Start& start) { return std::any_of(list.begin(), list.end(), [&](const auto& entry) { return entry.first == start; }); };
  std::erase_if(waiting_, [&](const auto& entry) { return !entry.second.process.is_waiting() || !among(starts, entry.first); });
  for (auto& [beginning, wanted] : starts) {
    if (among(waiting_, beginning)) continue;
    if (auto engine = start(*wanted, beginning.beginning)) waiting_.emplace_back(std::move(beginning), *std::move(engine));
  }
}

}  // namespace cvgen::typeset
