#include "check/template.hpp"
#include "read/template.hpp"
#include "schema/validate.hpp"
#include "targets.hpp"
#include "xml/tree.hpp"

namespace cvgen::fuzz {

// template.xml, and after a NUL preamble.tex.
void template_file(std::string_view bytes) {
  static constexpr read::Part parts[] = {{"a", "parts/a.tex", "one\n<<part b>>\n"}, {"b", "parts/b.tex", "two\n<<part a>>\n"}, {"c", "parts/c.tex", "<<if a=b>>\n"}};
  const auto cut = bytes.find('\0');
  diag::Sources sources;
  diag::Sink sink;
  const auto document = xml::parse(sources, sources.add("template.xml", std::string(bytes.substr(0, cut))), sink);
  if (!document) return;
  schema::validate(schema::template_grammar(), "template", document->root, sink);
  auto look = read::template_of(document->root);
  const bool sound = !sink.has_errors();
  if (sound) check::declaration(look, sink);
  const auto frame = cut == std::string_view::npos ? std::string_view() : bytes.substr(cut + 1);
  look.frame = read::whole_frame(sources, sources.add("preamble.tex", std::string(frame)), parts, sink);
  if (sound) check::frame(look, sink);
  for (const auto& d : sink.sorted()) require(!d.message.empty(), "a fault has words");
}

}  // namespace cvgen::fuzz
