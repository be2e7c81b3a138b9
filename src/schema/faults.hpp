// What is said of each way in which a CV departs from the grammar.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "schema/grammar.hpp"
#include "xml/tree.hpp"

namespace cvgen::schema {

// An element, and what the grammar says of it: null if it knows none of that name.
struct Child {
  const xml::Element* element;
  const ElementRule* rule;
};

class Faults {
 public:
  explicit Faults(const Grammar& grammar) : grammar_(grammar) {}

  diag::Diagnostic wrong_root(const xml::Element& root, std::string_view expected) const;

  static diag::Diagnostic missing_attribute(const ElementRule& rule, const xml::Element& element, const AttributeRule& missing);
  // `meant`: the attribute that it is a slip of; may be null.
  diag::Diagnostic unknown_attribute(const ElementRule& rule, const xml::Attribute& attribute, const AttributeRule* meant) const;
  // The value has its blanks collapsed.
  static diag::Diagnostic wrong_value(const AttributeRule& rule, const xml::Attribute& attribute, std::string_view value);

  // `needed`: what the element lacks, for which the text may be meant.
  diag::Diagnostic text(const ElementRule& rule, diag::Span span, const std::vector<Number>& needed) const;
  diag::Diagnostic stranger(const ElementRule& rule, const Child& child) const;
  // In order: what must come next, given twice, too late.
  diag::Diagnostic missing(const ElementRule& rule, const xml::Element& element, const std::vector<Number>& expected) const;
  static diag::Diagnostic second(const ElementRule& rule, const xml::Element& child, const xml::Element& first);
  // `later`: before which it would have been right; may be null.
  static diag::Diagnostic late(const ElementRule& rule, const xml::Element& child, const xml::Element* later);

  diag::Diagnostic lacking(const ElementRule& rule, const xml::Element& element, Number child) const;
  static diag::Diagnostic twice(const ElementRule& rule, const xml::Element& child, const xml::Element& first);

  // What a name that can't stand here may be meant for: what the thing is called here, or an element with a similar name.
  std::string meant_child(const ElementRule& rule, const Child& child) const;

 private:
  bool allows(const ElementRule& rule, std::string_view name) const;

  const Grammar& grammar_;
};

}  // namespace cvgen::schema
