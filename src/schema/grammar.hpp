// schema/cv.xsd as a grammar: what may stand where. Read from the XSD text itself, so that editors, xmllint and cvgen
// go by one file.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xml/tree.hpp"

namespace cvgen::schema {

// A value written as text: one of a list, or matching a pattern, or any of at least a length.
class SimpleType {
 public:
  std::string name;
  std::string documentation;
  std::vector<std::string> enumeration;
  std::vector<std::string> patterns;
  std::size_t min_length = 0;  // in code points
  std::size_t max_length = static_cast<std::size_t>(-1);

  // Of a value with blanks collapsed (xs:token).
  bool accepts(std::string_view value) const;
  // The values that can be listed: the enumeration and the patterns that are plain words.
  std::vector<std::string> words() const;
  void compile();

 private:
  struct Matcher;
  std::shared_ptr<const Matcher> matcher_;
};

struct AttributeRule {
  std::string name;
  const SimpleType* type = nullptr;
  bool required = false;
  std::string documentation;
};

// What may follow what among the children: the Glushkov automaton of the content model. State 0 is the start; state n is
// "just read the n-th element particle". Deterministic, as XSD's unique particle attribution demands.
struct ContentModel {
  struct State {
    std::map<std::string, std::size_t, std::less<>> next;
    bool accepting = false;
  };
  std::vector<State> states;
  std::vector<std::string> names;  // all element names in it, in schema order, each once

  bool allows(std::string_view name) const;
};

struct ElementRule {
  std::string name;
  std::string documentation;
  bool mixed = false;
  ContentModel content;
  std::vector<AttributeRule> attributes;
  std::vector<std::string> needs;  // children that must be there (cvgen:children)
  std::vector<std::string> once;   // children that may come only once

  const AttributeRule* attribute(std::string_view wanted) const;
};

struct Grammar {
  std::map<std::string, SimpleType, std::less<>> types;
  std::map<std::string, ElementRule, std::less<>> elements;

  const ElementRule* element(std::string_view name) const;
  // Names of the elements inside which this one may stand.
  std::vector<std::string> parents(std::string_view name) const;
};

// Reads an XSD. Throws std::logic_error, naming the construct, on anything outside the subset described in cv.xsd: the
// schema is part of the program.
Grammar load(std::string_view xsd);

}  // namespace cvgen::schema
