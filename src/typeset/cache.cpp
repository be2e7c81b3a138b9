#include "typeset/cache.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "io/environment.hpp"
#include "io/file.hpp"
#include "io/store.hpp"
#include "io/temporary.hpp"
#include "typeset/digest.hpp"

namespace cvgen::typeset {
namespace {

// Of the layout. Another version of cvgen with another layout has another folder in the same place.
constexpr std::string_view layout = "1";
constexpr std::string_view records = "records";
// What is known of TeX installations.
constexpr std::string_view not_of_documents[] = {"/trees-", "/base-"};
constexpr std::size_t largest_record = 16U << 20U;
// A folder under construction that nobody has touched for so long was left behind.
constexpr std::int64_t abandoned = 3600LL * 1'000'000'000;

struct Entry {
  std::string path;
  std::int64_t used = 0;
  std::uint64_t bytes = 0;
};

std::vector<std::string> names_in(const std::string& folder) {
  auto names = io::list_folder(folder);
  return names ? *std::move(names) : std::vector<std::string>{};
}

std::vector<Entry> entries(const std::string& folder, bool folders) {
  std::vector<Entry> result;
  for (const auto& name : names_in(folder)) {
    const auto path = folder + '/' + name;
    const auto stamp = io::stamp(path);
    if (stamp) result.push_back({path, stamp->changed, folders ? io::folder_size(path) : stamp->size});
  }
  return result;
}

}  // namespace

std::uint64_t cache_limit() {
  constexpr std::uint64_t usual = 500;
  std::uint64_t mib = usual;
  if (const auto text = io::variable("CVGEN_CACHE_SIZE")) {
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), mib);
    if (error != std::errc() || end != text->data() + text->size() || mib > 1U << 20U) mib = usual;
  }
  return mib << 20U;
}

Cache Cache::of_user() {
  Cache none;
  none.trouble_ = "CVGEN_CACHE_SIZE is 0";
  if (cache_limit() == 0) return none;
  const auto base = io::variable("XDG_CACHE_HOME");
  const auto home = io::variable("HOME");
  // The specification: a relative path is to be ignored.
  if (base && base->starts_with('/')) return Cache(*base + "/cvgen");
  if (home && home->starts_with('/')) return Cache(*home + "/.cache/cvgen");
  none.trouble_ = "neither XDG_CACHE_HOME nor HOME names a folder";
  return none;
}

Cache::Cache(std::string folder) {
  if (const auto made = io::make_private_folder(folder); !made) {
    trouble_ = fmt::format("`{}`: {}", folder, made.failure().what);
    return;
  }
  folder_ = std::move(folder) + '/' + std::string(layout);
  for (const auto& part : {folder_, formats(), fonts(), fmt::format("{}/{}", folder_, records)}) {
    if (const auto made = io::make_private_folder(part); !made) {
      trouble_ = fmt::format("`{}`: {}", part, made.failure().what);
      folder_.clear();
      return;
    }
  }
}

std::string Cache::record(std::string_view kind, std::string_view key) const { return fmt::format("{}/{}/{}-{}", folder_, records, kind, key); }

std::optional<std::string> Cache::get(std::string_view kind, std::string_view key) const {
  if (!*this) return std::nullopt;
  const auto path = record(kind, key);
  auto bytes = io::read_file(path, largest_record);
  if (!bytes) return std::nullopt;
  const auto end = bytes->find('\n');
  if (end == std::string::npos) return std::nullopt;
  auto value = bytes->substr(end + 1);
  if (bytes->substr(0, end) != digest(value)) return std::nullopt;
  io::touch(path);
  return value;
}

bool Cache::has(std::string_view kind, std::string_view key) const { return *this && io::file_exists(record(kind, key)); }

void Cache::put(std::string_view kind, std::string_view key, std::string_view value) const {
  if (!*this || value.size() > largest_record / 2) return;
  (void)io::write_file(record(kind, key), fmt::format("{}\n{}", digest(value), value));
}

void Cache::drop(std::string_view kind, std::string_view key) const {
  if (*this) io::remove_file(record(kind, key));
}

void Cache::trim() const {
  if (!*this) return;
  auto all = entries(formats(), true);
  const auto newest = std::max_element(all.begin(), all.end(), [](const Entry& a, const Entry& b) { return a.used < b.used; });
  const auto now = newest == all.end() ? 0 : newest->used;
  std::erase_if(all, [&](const Entry& entry) {
    const auto name = entry.path.substr(entry.path.rfind('/') + 1);
    if (!name.starts_with('.')) return false;
    if (now - entry.used > abandoned) io::remove_folder(entry.path);
    return true;
  });
  const auto small = entries(fmt::format("{}/{}", folder_, records), false);
  for (auto& kept : entries(fonts(), true)) all.push_back(std::move(kept));
  all.insert(all.end(), small.begin(), small.end());
  std::sort(all.begin(), all.end(), [](const Entry& a, const Entry& b) { return a.used < b.used; });
  std::uint64_t sum = 0;
  for (const auto& entry : all) sum += entry.bytes;
  for (const auto& entry : all) {
    if (sum <= cache_limit()) break;
    sum -= entry.bytes;
    if (io::is_folder(entry.path)) io::remove_folder(entry.path);
    else io::remove_file(entry.path);
  }
}

bool Cache::is_proven(const std::string& what) const {
  const std::lock_guard lock(mutex_);
  return proven_.contains(what);
}

void Cache::proven(const std::string& what) const {
  const std::lock_guard lock(mutex_);
  proven_.insert(what);
}

Cache::Usage Cache::usage() const {
  Usage usage;
  if (!*this) return usage;
  const auto add = [&](const std::vector<Entry>& list, std::size_t& count) {
    for (const auto& entry : list) {
      const auto is_in_name = [&](std::string_view kind) { return entry.path.find(kind, entry.path.rfind('/')) != std::string::npos; };
      if (std::none_of(std::begin(not_of_documents), std::end(not_of_documents), is_in_name)) ++count;
      usage.bytes += entry.bytes;
    }
  };
  add(entries(formats(), true), usage.formats);
  add(entries(fmt::format("{}/{}", folder_, records), false), usage.records);
  usage.bytes += io::folder_size(fonts());
  return usage;
}

void Cache::clear() const {
  if (!*this) return;
  for (const auto& folder : {formats(), fonts(), fmt::format("{}/{}", folder_, records)}) {
    for (const auto& name : names_in(folder)) {
      const auto path = folder + '/' + name;
      if (io::is_folder(path)) io::remove_folder(path);
      else io::remove_file(path);
    }
  }
}

}  // namespace cvgen::typeset
