// The user's cache on disk. Everything in it can be made again, and nothing depends on its being there: what is damaged,
// half-written or of another version is as good as missing. Any number of processes share it.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace cvgen::typeset {

class Cache {
 public:
  // cvgen in $XDG_CACHE_HOME, else in ~/.cache, made if it isn't there. Unusable if it can't be, or if anyone but this user
  // may write to it.
  static Cache of_user();
  // No cache at all.
  Cache() = default;
  explicit Cache(std::string folder);
  Cache(Cache&& other) noexcept : folder_(std::move(other.folder_)), trouble_(std::move(other.trouble_)) {}

  explicit operator bool() const { return !folder_.empty(); }
  // Why it is unusable.
  const std::string& trouble() const { return trouble_; }
  const std::string& folder() const { return folder_; }

  // A small value by what it is for ("passes") and its key, a digest. Nothing if it isn't there as it was written.
  std::optional<std::string> get(std::string_view kind, std::string_view key) const;
  // Whether something is there, without reading it.
  bool has(std::string_view kind, std::string_view key) const;
  // Failures are silent: then it isn't there.
  void put(std::string_view kind, std::string_view key, std::string_view value) const;
  void drop(std::string_view kind, std::string_view key) const;

  // Where entries that are folders live.
  std::string formats() const { return folder_ + "/formats"; }
  // What luaotfload keeps of fonts.
  std::string fonts() const { return folder_ + "/fonts"; }
  // Makes room: what has not been used for longest goes first. Call it after an addition.
  void trim() const;

  // What this process has already found to be whole.
  bool is_proven(const std::string& what) const;
  void proven(const std::string& what) const;

  struct Usage {
    std::size_t formats = 0;
    std::size_t records = 0;
    std::uint64_t bytes = 0;
  };
  Usage usage() const;
  // Removes all that is in it.
  void clear() const;

 private:
  std::string record(std::string_view kind, std::string_view key) const;

  std::string folder_;
  std::string trouble_;
  mutable std::mutex mutex_;
  mutable std::set<std::string> proven_;
};

// Bytes that the cache may take, $CVGEN_CACHE_SIZE in MiB, else 500 MiB; 0: no cache.
std::uint64_t cache_limit();

}  // namespace cvgen::typeset
