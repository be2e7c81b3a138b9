// A schema as a grammar: what may stand where. The build reads schema/*.xsd (load.hpp) and compiles what it says into the
// program (source.hpp), so that editors, xmllint and cvgen go by one file, and starting costs nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/pattern.hpp"

namespace cvgen::schema {

using Words = std::span<const std::string_view>;
// An element, as its place in Grammar::elements.
using Number = std::uint16_t;

// A value written as text: one of a list, or matching one of the patterns, or any of at least a length.
struct SimpleType {
  std::string_view name;
  std::string_view documentation;
  Words enumeration;
  Words patterns;
  Pattern joined;  // all patterns
  std::size_t min_length = 0;  // in code points
  std::size_t max_length = static_cast<std::size_t>(-1);

  // Of a value with blanks collapsed (xs:token).
  bool accepts(std::string_view value) const;
  // The values that can be listed: the enumeration and the patterns that are plain words.
  std::vector<std::string> words() const;
};

struct AttributeRule {
  std::string_view name;
  const SimpleType* type = nullptr;
  bool required = false;
  std::string_view documentation;
};

// What may follow what among the children: the Glushkov automaton of the content model. State 0 is the start; state n is
// "just read the n-th element particle". Deterministic, as XSD's unique particle attribution demands.
struct ContentModel {
  struct Step {
    Number element;
    std::uint16_t state;
  };
  struct State {
    std::span<const Step> next;
    bool accepting = false;

    std::optional<std::size_t> after(Number element) const;
  };
  std::span<const State> states;
  std::span<const Number> elements;  // all in it, in schema order, each once

  bool allows(Number element) const;
};

struct ElementRule {
  std::string_view name;
  std::string_view documentation;
  bool mixed = false;
  ContentModel content;
  std::span<const AttributeRule> attributes;
  std::span<const Number> needs;  // children that must be there (cvgen:children)
  std::span<const Number> once;   // children that may come only once

  const AttributeRule* attribute(std::string_view wanted) const;
};

struct Grammar {
  std::span<const SimpleType> types;      // by name
  std::span<const ElementRule> elements;  // by name

  const SimpleType* type(std::string_view name) const;
  const ElementRule* element(std::string_view name) const;
  Number number(const ElementRule& rule) const { return static_cast<Number>(&rule - elements.data()); }
  std::vector<std::string> names(std::span<const Number> numbers) const;
  // Names of the elements inside which this one may stand.
  std::vector<std::string> parents(const ElementRule& rule) const;
};

// Those of schema/cv.xsd and schema/template.xsd.
const Grammar& cv_grammar();
const Grammar& template_grammar();

}  // namespace cvgen::schema
