#include "select/check.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "select/apply.hpp"
#include "text/similar.hpp"
#include "xml/characters.hpp"

namespace cvgen::select {
namespace {

using diag::Code;
using model::Variant;
using xml::Element;

constexpr std::string_view contacts[] = {"headline", "email", "phone", "website", "profile", "location", "photo", "detail"};

void suggest(diag::Diagnostic& diagnostic, const std::string& name, const std::vector<std::string>& known, std::string_view what) {
  if (const auto near = text::nearest(name, known)) {
    diagnostic.help.push_back(fmt::format("a similar name exists: `{}`", *near));
    diagnostic.fix = {{diagnostic.primary->span, *near}};
    return;
  }
  std::string list;
  for (const auto& one : known) list += fmt::format("{}`{}`", list.empty() ? "" : ", ", one);
  diagnostic.help.push_back(list.empty() ? fmt::format("declare it: `<variants><variant name=\"{}\"/></variants>` after `<person>`", name) : fmt::format("{} are {}", what, list));
}

class Checker {
 public:
  Checker(const std::vector<Variant>& variants, diag::Sink& sink) : variants_(variants), sink_(sink) {
    for (const auto& variant : variants) {
      names_.push_back(variant.name.value);
      for (const auto& label : variant.labels) {
        if (std::find(names_.begin(), names_.end(), label.value) == names_.end()) names_.push_back(label.value);
      }
    }
  }

  void declarations(const Element& root, std::span<const std::string_view> kinds) {
    std::vector<std::string> sections;
    for (const auto* child : xml::children(root)) {
      if (!is_section(*child)) continue;
      sections.emplace_back(child->name);
      if (const auto* id = child->attribute("id")) sections.push_back(xml::collapse(id->value));
    }
    auto hideable = sections;
    hideable.insert(hideable.end(), std::begin(contacts), std::end(contacts));
    for (std::size_t i = 0; i < variants_.size(); ++i) {
      const auto& variant = variants_[i];
      const auto twin = std::find_if(variants_.begin(), variants_.begin() + static_cast<std::ptrdiff_t>(i), [&](const Variant& other) { return other.name.value == variant.name.value; });
      if (twin != variants_.begin() + static_cast<std::ptrdiff_t>(i)) {
        sink_.add(diag::at(variant.name.span, Code::E0503, fmt::format("two variants are called `{}`", variant.name.value)).label("again here")
                      .also(twin->name.span, "first here").helps("give one of the two another name"));
      }
      for (const auto& name : variant.order) known(name, sections, "the sections of this CV");
      for (const auto& rule : variant.sections) {
        known(rule.section, sections, "the sections of this CV");
        for (const auto& kind : rule.kinds) known_kind(kind, kinds);
      }
      for (const auto& name : variant.hide) known(name, hideable, "contacts and the sections of this CV");
    }
  }

  // `seen` are the variants that show the element around.
  void element(const Element& e, const std::vector<const Variant*>& seen) {
    bool sound = true;
    for (const auto* name : {"only", "not"}) {
      if (const auto* attribute = e.attribute(name)) sound = selection(*attribute) && sound;
    }
    const bool selects = e.attribute("only") != nullptr || e.attribute("not") != nullptr;
    std::vector<const Variant*> chosen;
    for (auto variant = seen.begin(); selects && variant != seen.end(); ++variant) {
      if (shows(e, **variant)) chosen.push_back(*variant);
    }
    const auto& here = selects ? chosen : seen;
    if (here.empty()) {
      // With an unknown name nothing can be said of who shows it.
      if (sound) {
        sink_.add(diag::at(e.name_span(), Code::W0501, fmt::format("no variant shows this `<{}>`", e.name)).label("never printed")
                      .helps("correct `only` or `not` here or around it, or delete the element"));
      }
      return;
    }
    for (const auto* child : xml::children(e)) element(*child, here);
  }

 private:
  void known(const model::Located& name, const std::vector<std::string>& names, std::string_view what) {
    if (std::find(names.begin(), names.end(), name.value) != names.end()) return;
    auto diagnostic = diag::at(name.span, Code::E0502, fmt::format("this CV has no `{}`", name.value));
    suggest(diagnostic, name.value, names, what);
    sink_.add(std::move(diagnostic));
  }

  void known_kind(const model::Located& kind, std::span<const std::string_view> kinds) {
    if (std::find(kinds.begin(), kinds.end(), kind.value) != kinds.end()) return;
    auto diagnostic = diag::at(kind.span, Code::E0207, fmt::format("`{}` is not a kind of publication", kind.value));
    suggest(diagnostic, kind.value, {kinds.begin(), kinds.end()}, "the kinds");
    sink_.add(std::move(diagnostic));
  }

  // Whether all names in it are known.
  bool selection(const xml::Attribute& attribute) {
    bool sound = true;
    const std::string_view text = attribute.value;
    for (std::size_t begin = 0; begin < text.size();) {
      const auto end = std::min(text.find_first_of(" +", begin), text.size());
      const auto name = std::string(text.substr(begin, end - begin));
      const bool is_name = name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-") == std::string::npos;
      if (!is_name) sound = false;  // the schema reports it
      if (is_name && !name.empty() && std::find(names_.begin(), names_.end(), name) == names_.end()) {
        const auto offset = attribute.value_span.begin + static_cast<std::uint32_t>(begin);
        const diag::Span span = {attribute.value_span.file, offset, offset + static_cast<std::uint32_t>(name.size())};
        auto diagnostic = diag::at(span, Code::E0501, fmt::format("no variant has the name or label `{}`", name)).label("unknown variant");
        suggest(diagnostic, name, names_, "names and labels");
        sink_.add(std::move(diagnostic));
        sound = false;
      }
      begin = end + 1;
    }
    return sound;
  }

  const std::vector<Variant>& variants_;
  diag::Sink& sink_;
  std::vector<std::string> names_;
};

}  // namespace

void check(const Element& root, const std::vector<Variant>& variants, std::span<const std::string_view> kinds, diag::Sink& sink) {
  Checker checker(variants, sink);
  checker.declarations(root, kinds);
  const Variant nameless;
  std::vector<const Variant*> all;
  for (const auto& variant : variants) all.push_back(&variant);
  if (all.empty()) all.push_back(&nameless);
  for (const auto* child : xml::children(root)) checker.element(*child, all);
}

}  // namespace cvgen::select
