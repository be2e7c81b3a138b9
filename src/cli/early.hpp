// A render of which TeX begins before the CV is read, with what the last render of the same CV has left in the cache.
#pragma once

#include <string>

#include "cli/request.hpp"
#include "typeset/ahead.hpp"

namespace cvgen::cli {

class Early {
 public:
  // Starts TeX, if that is likely to be of use, and gives it to `request`, which must outlive this.
  explicit Early(RenderRequest& request);
  // After the render: for the next one.
  void keep() const;

 private:
  const typeset::Cache* cache_ = nullptr;  // null: nothing can be kept
  std::string key_;
  std::string before_;  // what was in the cache
  std::string stamp_;   // of the CV
  typeset::Ahead ahead_;
};

}  // namespace cvgen::cli
