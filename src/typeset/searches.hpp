// What a TeX program looked for, and where it was: the words of kpathsea, which print with KPATHSEA_DEBUG=32.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace cvgen::typeset {

struct Searches {
  struct Found {
    std::string path;
    std::string type;  // kpathsea's name: "tex", "tfm", "map"; empty for its own files

    friend auto operator<=>(const Found&, const Found&) = default;
  };
  std::set<Found> found;            // outside of the run folder
  std::set<std::string> absent;     // "hyperref.cfg hyperref.cfg.tex": under none of these names
  std::set<std::string> unlisted;   // trees that are searched on disk, as no ls-R tells what is in them
};

// The file of a run's folder that they are written to.
inline constexpr std::string_view searches_file = "searches.log";

Searches read_searches(std::string_view words);

}  // namespace cvgen::typeset
