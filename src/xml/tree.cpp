#include "xml/tree.hpp"

#include <algorithm>

#include "xml/form.hpp"

namespace cvgen::xml {

const Attribute* Element::attribute(std::string_view wanted) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(), [&](const Attribute& a) { return a.name == wanted; });
  return found == attributes.end() ? nullptr : &*found;
}

std::string_view Element::attribute_or(std::string_view wanted, std::string_view otherwise) const {
  const auto* found = attribute(wanted);
  return found != nullptr ? found->value : otherwise;
}

std::optional<Document> parse(const diag::Sources& sources, std::uint32_t file, diag::Sink& sink) {
  FormText form{sources.file(file).text(), file, sink};
  TreeBuilder builder(form);
  scan(form, builder);
  return builder.finish();
}

}  // namespace cvgen::xml
