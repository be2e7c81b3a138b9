#include <fmt/format.h>

#include <algorithm>

#include "check/rules.hpp"
#include "model/visit.hpp"

namespace cvgen::check {
namespace {

using diag::Span;

bool holds_nothing(const model::Text& text) {
  return std::none_of(text.runs.begin(), text.runs.end(), [](const model::Run& run) { return run.text.find_first_not_of(' ') != std::string::npos; });
}

void complain(std::string_view name, Span span, diag::Sink& sink) {
  sink.add(diag::at(span, diag::Code::E0311, fmt::format("`<{}>` holds no text", name)).label("nothing in it").helps("write the text, or delete the element"));
}

}  // namespace

void empty(const model::Cv& cv, const diag::Sources& sources, diag::Sink& sink) {
  model::Visitor visitor;
  // What is not in the file has no span.
  visitor.text = [&](const model::Text& text) {
    if (text.span != Span{} && holds_nothing(text)) complain(sources.slice(text.span), text.span, sink);
  };
  model::visit(cv, visitor);

  const auto value = [&](std::string_view name, const model::Located& located) {
    if (located.empty()) complain(name, located.span, sink);
  };
  if (cv.person.keywords.span != Span{}) value("keywords", cv.person.keywords);
  for (const auto& contact : cv.person.contacts) {
    switch (contact.kind) {
      case model::Contact::Kind::email: value("email", contact.value); break;
      case model::Contact::Kind::phone: value("phone", contact.value); break;
      case model::Contact::Kind::website: value("website", contact.value); break;
      case model::Contact::Kind::profile:
      case model::Contact::Kind::detail: break;
    }
  }
  for (const auto& section : cv.sections) {
    for (const auto& item : section.items) {
      if (const auto* reference = std::get_if<model::Reference>(&item)) {
        for (const auto& email : reference->emails) value("email", email);
        for (const auto& phone : reference->phones) value("phone", phone);
      } else if (const auto* group = std::get_if<model::Group>(&item); group != nullptr && group->items.empty()) {
        sink.add(diag::at(group->span, diag::Code::E0311, fmt::format("the group `{}` holds nothing", group->label.value)).label("nothing in it")
                     .helps("add a `<skill>`, `<mentee>` or `<interest>`, or delete the group"));
      }
    }
  }
}

}  // namespace cvgen::check
