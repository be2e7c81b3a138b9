#include "typeset/ahead.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "io/file.hpp"

namespace cvgen::typeset {
namespace {

// Each of them takes some 40 MB of memory.
constexpr std::size_t most = 4;
constexpr std::string_view prefix = "cvgen-ahead-";
constexpr std::string_view lock_name = "lock";
constexpr std::string_view door = "next.tex";

// The last argument is the document.
std::string key_of(const io::Command& command, const std::string& format) {
  const auto arguments = std::vector(command.arguments.begin(), command.arguments.end() - 1);
  return fmt::format("{}\n{}\n{}\n{}\n{}\n{}", command.program, fmt::join(arguments, "\n"), fmt::join(command.environment, "\n"), command.memory_limit, command.file_size_limit, format);
}

std::optional<Ahead::Engine> start(const Ahead::Run& run) {
  auto home = io::TemporaryFolder::create(std::string(prefix));
  if (!home) return std::nullopt;
  auto lock = io::Lock::take(fmt::format("{}/{}", home->path(), lock_name));
  const auto folder = home->path() + "/run";
  if (!lock || !io::make_folder(folder)) return std::nullopt;
  auto command = run(folder);
  command.arguments.back() = document_line(door);
  auto process = io::EarlyProcess::start(command, std::string(door));
  if (!process) return std::nullopt;
  return Ahead::Engine{folder, *std::move(home), *std::move(lock), *std::move(process)};
}

}  // namespace

std::string document_line(std::string_view document) { return fmt::format("\\csname @@input\\endcsname {} ", document); }

Ahead::Ahead() {
  const auto root = io::temporary_root();
  const auto names = io::list_folder(root);
  if (!names) return;
  for (const auto& name : *names) {
    const auto path = root + '/' + name;
    // One's own, and locked by nobody.
    if (name.starts_with(prefix) && io::make_private_folder(path) && io::Lock::take(fmt::format("{}/{}", path, lock_name))) io::remove_folder(path);
  }
}

void Ahead::want(Run run, const std::string& format) {
  Wanted wanted{run, key_of(run(""), format)};
  const std::lock_guard lock(mutex_);
  wanted_.remove_if([&](const Wanted& other) { return other.key == wanted.key; });
  wanted_.push_front(std::move(wanted));
  if (wanted_.size() > most) wanted_.pop_back();
}

std::optional<Ahead::Engine> Ahead::take(const io::Command& command, const std::string& format) {
  const auto key = key_of(command, format);
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(waiting_.begin(), waiting_.end(), [&](const auto& engine) { return engine.first == key; });
  if (found == waiting_.end()) return std::nullopt;
  std::optional<Engine> engine(std::move(found->second));
  waiting_.erase(found);
  if (!engine->process.is_waiting()) return std::nullopt;
  return engine;
}

void Ahead::prepare() {
  const std::lock_guard lock(mutex_);
  const auto is_wanted = [&](const std::string& key) { return std::any_of(wanted_.begin(), wanted_.end(), [&](const Wanted& wanted) { return wanted.key == key; }); };
  std::erase_if(waiting_, [&](const auto& engine) { return !is_wanted(engine.first) || !engine.second.process.is_waiting(); });
  for (const auto& wanted : wanted_) {
    if (std::any_of(waiting_.begin(), waiting_.end(), [&](const auto& engine) { return engine.first == wanted.key; })) continue;
    if (auto engine = start(wanted.run)) waiting_.emplace_back(wanted.key, *std::move(engine));
  }
}

}  // namespace cvgen::typeset
