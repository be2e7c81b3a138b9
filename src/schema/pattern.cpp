#include "schema/pattern.hpp"

#include <re2/re2.h>

namespace cvgen::schema {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

Pattern::~Pattern() { delete compiled_; }

bool Pattern::matches(std::string_view value) const {
  if (source_.empty()) return true;
  std::call_once(once_, [this] { compiled_ = new re2::RE2(piece(source_), re2::RE2::Quiet); });
  return re2::RE2::FullMatch(piece(value), *compiled_);
}

bool Pattern::is_supported() const {
  // Classes by name (\d, \i), anchors, options.
  const bool named_class = re2::RE2::PartialMatch(piece(source_), R"(\\[A-Za-z0-9])");
  return !named_class && source_.find_first_of("^$") == std::string_view::npos && source_.find("(?") == std::string_view::npos && re2::RE2(piece(source_), re2::RE2::Quiet).ok();
}

}  // namespace cvgen::schema
