#include "read/template.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "text/similar.hpp"
#include "xml/characters.hpp"
#include "xml/tree.hpp"

namespace cvgen::read {
namespace {

std::string text_of(const xml::Element& element) {
  std::string result;
  for (const auto& node : element.children) {
    if (const auto* text = std::get_if<xml::Text>(&node)) result += text->value;
  }
  return xml::collapse(result);
}

model::SettingType type_of(const std::string& name) {
  constexpr std::string_view names[] = {"choice", "color", "length", "number", "flag"};
  for (std::size_t i = 0; i < std::size(names); ++i) {
    if (names[i] == name) return static_cast<model::SettingType>(i);
  }
  throw std::logic_error("template.xml: setting of unknown type " + name);
}

model::SettingRule setting_of(const xml::Element& element) {
  model::SettingRule rule;
  rule.name = element.attribute_or("name");
  rule.type = type_of(element.attribute_or("type"));
  rule.default_value = element.attribute_or("default");
  rule.min = element.attribute_or("min");
  rule.max = element.attribute_or("max");
  rule.tight = element.attribute_or("tight");
  rule.loose = element.attribute_or("loose");
  if (rule.type == model::SettingType::flag) {
    rule.values = {{"yes", element.attribute_or("tex-yes", "yes")}, {"no", element.attribute_or("tex-no", "no")}};
  }
  for (const auto* child : xml::children(element)) {
    if (child->name == "doc") rule.documentation = text_of(*child);
    else if (child->name == "value") rule.values.push_back({child->attribute_or("name"), child->attribute_or("tex", child->attribute_or("name"))});
    else throw std::logic_error("template.xml: unknown element " + child->name);
  }
  return rule;
}

class Assembler {
 public:
  Assembler(diag::Sources& sources, std::span<const Part> parts, diag::Sink& sink) : sources_(sources), parts_(parts), sink_(sink) {}

  std::string run(std::uint32_t file) {
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
        result_ += line;
        result_ += '\n';
      }
    }
  }

  void pull(std::string_view name, diag::Span where) {
    const auto part = std::find_if(parts_.begin(), parts_.end(), [&](const Part& p) { return p.name == name; });
    if (part == parts_.end()) {
      std::vector<std::string> names;
      for (const auto& p : parts_) names.emplace_back(p.name);
      auto diagnostic = diag::at(where, diag::Code::E0604, fmt::format("there is no part `{}` for a template", name));
      if (const auto near = text::nearest(name, names)) diagnostic.help.push_back(fmt::format("a part with a similar name exists: `{}`", *near));
      else diagnostic.help.push_back("put it as a file beside the other parts, or delete the line");
      return sink_.add(std::move(diagnostic));
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
  std::string result_;
};

}  // namespace

std::string whole_frame(diag::Sources& sources, std::uint32_t frame, std::span<const Part> parts, diag::Sink& sink) {
  return Assembler(sources, parts, sink).run(frame);
}

model::Template template_of(std::string_view declaration, std::string_view frame) {
  diag::Sources sources;
  diag::Sink sink;
  const auto file = sources.add("template.xml", std::string(declaration));
  const auto root = xml::parse(sources, file, sink);
  if (!root || sink.has_errors() || root->name != "template") throw std::logic_error("template.xml: malformed");
  model::Template result;
  result.name = root->attribute_or("name");
  result.frame = frame;
  for (const auto* child : xml::children(*root)) {
    if (child->name == "summary") result.summary = text_of(*child);
    else if (child->name == "requires") result.required_files.push_back(child->attribute_or("file"));
    else if (child->name == "setting") result.settings.push_back(setting_of(*child));
    else throw std::logic_error("template.xml: unknown element " + child->name);
  }
  return result;
}

}  // namespace cvgen::read
