// Puts a tree together from the parts of a text in the order in which they stand there.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "xml/references.hpp"
#include "xml/tree.hpp"

namespace cvgen::xml {

struct StartTag {
  struct Attribute {
    diag::Span name;
    diag::Span value;  // between the quotes
    bool literal;      // means what is written
  };
  diag::Span span;
  diag::Span name;
  std::vector<Attribute> attributes;
  bool empty = false;  // <a/>: no end tag follows
};

class TreeBuilder {
 public:
  explicit TreeBuilder(const FormText& form) : form_(form) {}

  void start(const StartTag& tag);
  // Closes the innermost element; the offset is that of the name in its end tag, 0 if it has none.
  void end(std::uint32_t name);
  // `written` are the characters, `span` all of it, markup included; `literal`: they mean what is written.
  void text(diag::Span span, std::string_view written, Place place, bool literal);

  // The first root; nothing if there is none or the text has lost its shape. What is still open is closed.
  std::optional<Document> finish();

 private:
  struct Open {
    Element element;
    std::size_t first_child;  // in nodes_
  };
  bool is_outside() const { return !form_.has_shape || document_.has_value(); }

  // A name that came lately, as a view of the bytes that it was read from then: later phases find them in the processor's
  // cache.
  std::string_view shared(std::string_view name);

  const FormText& form_;
  std::unique_ptr<Arena> memory_ = std::make_unique<Arena>();
  std::vector<Open> open_;   // outermost first
  std::vector<Node> nodes_;  // the children so far of what is open, those of the outermost first
  std::vector<Attribute> attributes_;
  std::array<std::string_view, 256> names_;
  std::optional<Document> document_;
};

}  // namespace cvgen::xml
