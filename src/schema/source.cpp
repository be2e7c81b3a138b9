#include "schema/source.hpp"

#include <fmt/format.h>

namespace cvgen::schema {
namespace {

class Printer {
 public:
  std::string run(const Grammar& grammar, std::string_view function) {
    std::string types, elements;
    for (const auto& type : grammar.types) {
      types += fmt::format("    {{{}, {}, {}, {}, Pattern({}), {}u, {}u}},\n", quoted(type.name), quoted(type.documentation), words(type.enumeration),
                           words(type.patterns), quoted(type.joined.source()), type.min_length, type.max_length);
    }
    for (const auto& rule : grammar.elements) {
      elements += fmt::format("    {{{}, {}, {}, {{{}, {}}}, {}, {}, {}}},\n", quoted(rule.name), quoted(rule.documentation), rule.mixed, states(rule.content),
                              numbers(rule.content.elements), attributes(grammar, rule), numbers(rule.needs), numbers(rule.once));
    }
    return fmt::format("// Made by the build.\n#include \"schema/grammar.hpp\"\n\nnamespace cvgen::schema {{\nnamespace {{\n\n"
                       "using Step = ContentModel::Step;\nusing State = ContentModel::State;\n\n"
                       "extern const SimpleType types[{}];\n\n{}\nconst SimpleType types[] = {{\n{}}};\n\nconstexpr ElementRule elements[] = {{\n{}}};\n\n"
                       "constexpr Grammar grammar{{types, elements}};\n\n}}  // namespace\n\n"
                       "const Grammar& {}() {{ return grammar; }}\n\n}}  // namespace cvgen::schema\n",
                       grammar.types.size(), lists_, types, elements, function);
  }

 private:
  static std::string quoted(std::string_view text) { return fmt::format("R\"~({})~\"", text); }

  // A list of its own; what stands in its place.
  std::string list(std::string_view type, const std::string& values) {
    if (values.empty()) return "{}";
    const auto name = fmt::format("list_{}", ++count_);
    lists_ += fmt::format("constexpr {} {}[] = {{{}}};\n", type, name, values);
    return name;
  }

  std::string words(Words words) {
    std::string values;
    for (const auto word : words) values += quoted(word) + ", ";
    return list("std::string_view", values);
  }

  std::string numbers(std::span<const Number> numbers) {
    std::string values;
    for (const auto number : numbers) values += fmt::format("{}, ", number);
    return list("Number", values);
  }

  std::string states(const ContentModel& content) {
    std::string values;
    for (const auto& state : content.states) {
      std::string steps;
      for (const auto& step : state.next) steps += fmt::format("{{{}, {}}}, ", step.element, step.state);
      values += fmt::format("{{{}, {}}}, ", list("Step", steps), state.accepting);
    }
    return list("State", values);
  }

  std::string attributes(const Grammar& grammar, const ElementRule& rule) {
    std::string values;
    for (const auto& a : rule.attributes) {
      values += fmt::format("{{{}, &types[{}], {}, {}}}, ", quoted(a.name), a.type - grammar.types.data(), a.required, quoted(a.documentation));
    }
    return list("AttributeRule", values);
  }

  std::string lists_;
  int count_ = 0;
};

}  // namespace

std::string source(const Grammar& grammar, std::string_view function) { return Printer().run(grammar, function); }

}  // namespace cvgen::schema
