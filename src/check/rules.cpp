#include "check/rules.hpp"

#include "model/visit.hpp"

namespace cvgen::check {

void rules(const model::Cv& part, References& references, diag::Sink& sink) {
  dates(part, sink);
  contacts(part, sink);
  addresses(part, references, sink);
  identifiers(part, sink);
  nesting(part, sink);
  lengths(part, sink);
  model::visit_ids(part, [&](const std::string& id, diag::Span span) { references.ids.push_back({id, span}); });
}

}  // namespace cvgen::check
