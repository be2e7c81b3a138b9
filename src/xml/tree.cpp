#include "xml/tree.hpp"

#include "xml/form.hpp"

namespace cvgen::xml {

std::string_view Element::attribute_or(std::string_view wanted, std::string_view otherwise) const {
  const auto* found = attribute(wanted);
  return found != nullptr ? found->value : otherwise;
}

std::vector<diag::Span> Element::name_spans() const {
  std::vector<diag::Span> spans{name_span()};
  if (end_name != 0) spans.push_back({tag_span.file, end_name, end_name + static_cast<std::uint32_t>(name.size())});
  return spans;
}

std::optional<Document> parse(const diag::Sources& sources, std::uint32_t file, diag::Sink& sink) {
  FormText form{sources.file(file).text(), file, sink};
  TreeBuilder builder(form);
  scan(form, builder);
  return builder.finish();
}

}  // namespace cvgen::xml
