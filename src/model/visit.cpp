#include "model/visit.hpp"

namespace cvgen::model {
namespace {

class Walker {
 public:
  explicit Walker(const Visitor& visitor) : v_(visitor) {}

  void operator()(const Person& person) const {
    for (const auto* part : {&person.prefix, &person.given, &person.family, &person.suffix}) v_.value(*part);
    v_.text(person.headline);
    v_.text(person.location);
    v_.value(person.keywords);
    for (const auto& contact : person.contacts) {
      v_.value(contact.label);
      v_.value(contact.value);
      if (contact.kind == Contact::Kind::profile) v_.value(contact.network);
      if (!contact.href.empty()) v_.address(contact.href);
      v_.text(contact.text);
    }
  }

  void operator()(const Letter& letter) const {
    v_.dates(letter.date);
    for (const auto* part : {&letter.recipient, &letter.subject, &letter.opening, &letter.closing}) v_.text(*part);
    for (const auto& part : letter.body) {
      if (const auto* paragraph = std::get_if<Text>(&part)) v_.text(*paragraph);
      else for (const auto& highlight : std::get<std::vector<Highlight>>(part)) (*this)(highlight);
    }
    for (const auto& enclosure : letter.enclosures) v_.text(enclosure);
  }

  void operator()(const Section& section) const {
    v_.value(section.title);
    for (const auto& item : section.items) std::visit(*this, item);
  }

  void operator()(const Entry& entry) const {
    v_.dates(entry.dates);
    v_.dates(entry.expires);
    for (const auto* part : {&entry.title, &entry.role, &entry.organization, &entry.unit, &entry.place, &entry.grade, &entry.amount,
                             &entry.number, &entry.thesis, &entry.description}) {
      v_.text(*part);
    }
    for (const auto& advisor : entry.advisors) v_.text(advisor);
    for (const auto& note : entry.notes) v_.text(note);
    links(entry.links);
    for (const auto& highlight : entry.highlights) (*this)(highlight);
  }

  void operator()(const Employment& employment) const {
    v_.text(employment.organization);
    v_.text(employment.place);
    links(employment.links);
    for (const auto& position : employment.positions) (*this)(position);
  }

  void operator()(const Publication& publication) const {
    v_.dates(publication.date);
    v_.text(publication.title);
    for (const auto& author : publication.authors) v_.text(author.name);
    v_.text(publication.venue);
    v_.text(publication.number);
    for (const auto* part : {&publication.venue_short, &publication.doi, &publication.arxiv}) v_.value(*part);
    for (const auto& note : publication.notes) v_.text(note);
    links(publication.links);
  }

  void operator()(const Group& group) const {
    v_.value(group.label);
    for (const auto& item : group.items) {
      v_.text(item.text);
      v_.value(item.level);
      v_.dates(item.dates);
    }
  }

  void operator()(const Reference& reference) const {
    for (const auto* part : {&reference.name, &reference.title, &reference.organization, &reference.description}) v_.text(*part);
    for (const auto& email : reference.emails) v_.value(email);
    for (const auto& phone : reference.phones) v_.value(phone);
    links(reference.links);
  }

  void operator()(const Paragraph& paragraph) const { v_.text(paragraph.text); }

  void operator()(const Highlight& highlight) const {
    v_.text(highlight.text);
    for (const auto& child : highlight.children) (*this)(child);
  }

 private:
  void links(const std::vector<Link>& links) const {
    for (const auto& link : links) {
      v_.text(link.label);
      v_.address(link.url);
    }
  }

  const Visitor& v_;
};

}  // namespace

void visit(const Cv& cv, const Visitor& visitor) {
  const Walker walker(visitor);
  walker(cv.person);
  for (const auto& section : cv.sections) walker(section);
  if (cv.letter) walker(*cv.letter);
}

void visit_ids(const Cv& cv, const std::function<void(const std::string&, diag::Span)>& visit) {
  for (const auto& section : cv.sections) {
    if (!section.id.empty()) visit(section.id, section.span);
    for (const auto& item : section.items) {
      std::visit([&](const auto& value) {
        if constexpr (requires { value.id; value.span; }) {
          if (!value.id.empty()) visit(value.id, value.span);
        } else if constexpr (requires { value.id; }) {
          if (!value.id.empty()) visit(value.id, value.text.span);
        }
      }, item);
      if (const auto* employment = std::get_if<Employment>(&item)) {
        for (const auto& position : employment->positions) {
          if (!position.id.empty()) visit(position.id, position.span);
        }
      }
    }
  }
}

}  // namespace cvgen::model
