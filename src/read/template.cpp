#include "read/template.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "text/similar.hpp"
#include "xml/characters.hpp"

namespace cvgen::read {
namespace {

std::string text_of(const xml::Element& element) {
  std::string result;
  for (const auto& node : element.children) {
    if (const auto* text = std::get_if<xml::Text>(&node)) result += text->value;
  }
  return xml::collapse(result);
}

model::Located located(const xml::Element& element, std::string_view name) {
  const auto* attribute = element.attribute(name);
  if (attribute == nullptr) return {{}, element.name_span()};
  return {xml::collapse(attribute->value), attribute->value_span};
}

model::SettingType type_of(std::string_view name) {
  constexpr std::string_view names[] = {"choice", "color", "length", "number", "flag", "set"};
  const auto* found = std::find(std::begin(names), std::end(names), name);
  return found == std::end(names) ? model::SettingType::choice : static_cast<model::SettingType>(found - std::begin(names));
}

model::SettingRule setting_of(const xml::Element& element) {
  model::SettingRule rule;
  rule.name = located(element, "name");
  rule.type = type_of(element.attribute_or("type"));
  rule.default_value = located(element, "default");
  rule.min = located(element, "min");
  rule.max = located(element, "max");
  rule.tight = located(element, "tight");
  rule.loose = located(element, "loose");
  if (rule.type == model::SettingType::flag) {
    rule.values = {{{"yes", element.name_span()}, std::string(element.attribute_or("tex-yes", "yes")), {}, {}}, {{"no", element.name_span()}, std::string(element.attribute_or("tex-no", "no")), {}, {}}};
  }
  for (const auto* child : xml::children(element)) {
    if (child->name == "doc") rule.documentation = text_of(*child);
    if (child->name == "value") rule.values.push_back({located(*child, "name"), std::string(child->attribute_or("tex", child->attribute_or("name"))), std::string(child->attribute_or("font")), std::string(child->attribute_or("kin"))});
  }
  return rule;
}

class Assembler {
 public:
  Assembler(diag::Sources& sources, std::span<const Part> parts, diag::Sink& sink) : sources_(sources), parts_(parts), sink_(sink) {}

  std::vector<model::FrameLine> run(std::uint32_t file) {
    add(file);
    return std::move(result_);
  }

 private:
  void add(std::uint32_t file) {
    constexpr std::string_view begin = "<<part ", end = ">>";
    const auto& source = sources_.file(file);
    for (std::uint32_t number = 1; number <= source.line_count(); ++number) {
      const auto line = source.line(number);
      if (line.starts_with(begin) && line.ends_with(end)) {
        const auto name = line.substr(begin.size(), line.size() - begin.size() - end.size());
        const auto start = source.line_start(number) + static_cast<std::uint32_t>(begin.size());
        pull(name, {file, start, start + static_cast<std::uint32_t>(name.size())});
      } else if (number < source.line_count() || !line.empty()) {
        result_.push_back({std::string(line), {file, source.line_start(number), source.line_start(number) + static_cast<std::uint32_t>(line.size())}});
      }
    }
  }

  void pull(std::string_view name, diag::Span where) {
    const auto part = std::find_if(parts_.begin(), parts_.end(), [&](const Part& p) { return p.name == name; });
    if (part == parts_.end()) {
      std::vector<std::string> names;
      for (const auto& p : parts_) names.emplace_back(p.name);
      auto diagnostic = diag::at(where, diag::Code::E0604, fmt::format("there is no part `{}` for a template", name));
      return sink_.add(std::move(diagnostic).helps(text::similar_or("part", name, names, "put it as a file beside the other parts, or delete the line")));
    }
    if (const auto earlier = pulled_.find(name); earlier != pulled_.end()) {
      const bool within = std::find(open_.begin(), open_.end(), name) != open_.end();
      return sink_.add(diag::at(where, diag::Code::E0604, fmt::format("the part `{}` {}", name, within ? "pulls itself in" : "is pulled in twice"))
                           .also(earlier->second, "here for the first time")
                           .helps("delete one of the two lines"));
    }
    pulled_.emplace(name, where);
    open_.push_back(name);
    add(sources_.add(std::string(part->path), std::string(part->text)));
    open_.pop_back();
  }

  diag::Sources& sources_;
  std::span<const Part> parts_;
  diag::Sink& sink_;
  std::map<std::string_view, diag::Span> pulled_;
  std::vector<std::string_view> open_;
  std::vector<model::FrameLine> result_;
};

}  // namespace

std::vector<model::FrameLine> whole_frame(diag::Sources& sources, std::uint32_t frame, std::span<const Part> parts, diag::Sink& sink) {
  return Assembler(sources, parts, sink).run(frame);
}

model::Template template_of(const xml::Element& declaration) {
  model::Template result;
  result.name = located(declaration, "name").value;
  for (const auto* child : xml::children(declaration)) {
    if (child->name == "summary") result.summary = text_of(*child);
    if (child->name == "requires") result.required_files.emplace_back(child->attribute_or("file"));
    if (child->name == "setting") result.settings.push_back(setting_of(*child));
  }
  return result;
}

}  // namespace cvgen::read
