#include "check/rules.hpp"

namespace cvgen::check {

void rules(const model::Cv& cv, diag::Sink& sink) {
  dates(cv, sink);
  contacts(cv, sink);
  addresses(cv, sink);
  identifiers(cv, sink);
  ids(cv, sink);
  nesting(cv, sink);
}

}  // namespace cvgen::check
