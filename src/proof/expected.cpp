#include "proof/expected.hpp"

#include "model/name.hpp"
#include "model/words.hpp"

namespace cvgen::proof {
namespace {

class Collector {
 public:
  explicit Collector(const model::Cv& cv) : cv_(cv), words_(model::words(cv.language)) {}

  Expected run() {
    result_.right_to_left = model::is_right_to_left(cv_.language);
    entry(0, {});
    person(cv_.person);
    for (std::size_t i = 0; i < cv_.sections.size(); ++i) {
      const auto& section = cv_.sections[i];
      if (section.items.empty()) continue;
      section_ = i + 1;
      const auto title = section.title.empty() ? std::string(model::section_title(section.kind, cv_.language)) : section.title.value;
      entry(section_, title);
      add(Role::heading, title, section.title.empty() ? section.span : section.title.span);
      for (const auto& item : section.items) std::visit([this](const auto& value) { (*this)(value); }, item);
    }
    return std::move(result_);
  }

  void operator()(const model::Entry& e) {
    entry(section_, {});
    add(e.title);
    dates(e.dates);
    for (const auto* part : {&e.role, &e.organization, &e.unit, &e.place, &e.grade, &e.amount, &e.number, &e.thesis, &e.description}) add(*part);
    for (const auto& advisor : e.advisors) add(advisor);
    for (const auto& note : e.notes) add(note);
    links(e.links);
    dates(e.expires);
    for (const auto& highlight : e.highlights) bullet(highlight);
  }

  void operator()(const model::Employment& employment) {
    entry(section_, {});
    add(employment.organization);
    add(employment.place);
    links(employment.links);
    for (const auto& position : employment.positions) (*this)(position);
  }

  void operator()(const model::Publication& p) {
    entry(section_, {});
    add(p.title);
    dates(p.date);
    Field authors{Role::part, 0, {}, {}, p.span};
    for (const auto& author : p.authors) {
      if (!authors.text.empty()) authors.text += ", ";
      append(authors, author.name);
      if (author.equal) authors.text += '*';
    }
    add(std::move(authors));
    if (p.venue_short.empty()) add(p.venue);
    else add(p.venue_short);
    add(p.number);
    add(Role::part, std::string(words_.status[static_cast<std::size_t>(p.status)]), p.span);
    for (const auto& note : p.notes) add(note);
    links(p.links);
    add(p.doi);
    add(p.arxiv);
  }

  void operator()(const model::Group& group) {
    entry(section_, {});
    add(group.label);
    for (const auto& item : group.items) {
      add(item.text);
      add(item.level);
      dates(item.dates);
    }
  }

  void operator()(const model::Reference& r) {
    entry(section_, {});
    for (const auto* part : {&r.name, &r.title, &r.organization, &r.description}) add(*part);
    for (const auto& email : r.emails) add(email);
    for (const auto& phone : r.phones) add(phone);
    links(r.links);
  }

  void operator()(const model::Paragraph& paragraph) {
    entry(section_, {});
    add(paragraph.text);
  }

  void operator()(const model::Highlight& highlight) {
    entry(section_, {});
    bullet(highlight);
  }

 private:
  void entry(std::size_t section, std::string name) { result_.entries.push_back({section, std::move(name)}); }

  void add(Field field) {
    if (field.text.empty()) return;
    field.entry = result_.entries.size() - 1;
    auto& name = result_.entries.back().name;
    if (name.empty()) name = field.text;
    result_.fields.push_back(std::move(field));
  }
  void add(Role role, const std::string& text, diag::Span span) { add({role, 0, text, {{text, span}}, span}); }
  void add(const model::Located& value) { add(Role::part, value.value, value.span); }

  void add(const model::Text& text, Role role = Role::part) {
    Field field{role, 0, {}, {}, text.span};
    append(field, text);
    add(std::move(field));
  }

  static void append(Field& field, const model::Text& text) {
    const model::Run* before = nullptr;
    for (const auto& run : text.runs) {
      if (before != nullptr && (before->marks != run.marks || before->href != run.href)) field.text += loose_seam;
      field.text += run.line_break ? " " : run.text;
      field.pieces.emplace_back(run.text, run.span);
      before = &run;
    }
  }

  void dates(const model::Dates& dates) {
    auto text = model::format(dates, cv_.language);
    const auto span = dates.from ? dates.from_span : dates.to_span;
    Field field{Role::part, 0, std::move(text), {}, span};
    add(std::move(field));
  }

  void links(const std::vector<model::Link>& links) {
    for (const auto& link : links) add(link.label);
  }

  void bullet(const model::Highlight& highlight) {
    add(highlight.text, Role::bullet);
    for (const auto& child : highlight.children) bullet(child);
  }

  void person(const model::Person& p) {
    Field name{Role::name, 0, {}, {}, p.span};
    const auto order = model::name_order(p, cv_.language);
    for (const auto* part : {&p.prefix, order.first, order.second}) {
      if (part->empty()) continue;
      if (!name.text.empty()) name.text += part == order.second ? order.between : " ";
      name.text += part->value;
      name.pieces.emplace_back(part->value, part->span);
    }
    add(std::move(name));
    add(Role::contact, p.suffix.value, p.suffix.span);
    add(p.headline, Role::contact);
    add(p.location, Role::contact);
    for (const auto& contact : p.contacts) {
      if (contact.kind == model::Contact::Kind::website) add(Role::contact, site(contact.value.value), contact.value.span);
      else add(Role::contact, contact.value.value, contact.value.span);
      add(Role::contact, contact.label.value, contact.label.span);
      add(contact.text, Role::contact);
    }
  }

  // As all templates print it.
  static std::string site(std::string_view address) {
    for (const std::string_view prefix : {"https://", "http://", "www."}) {
      if (address.starts_with(prefix)) address.remove_prefix(prefix.size());
    }
    if (address.ends_with('/')) address.remove_suffix(1);
    return std::string(address);
  }

  const model::Cv& cv_;
  const model::Words& words_;
  Expected result_;
  std::size_t section_ = 0;
};

}  // namespace

Expected expected(const model::Cv& cv) { return Collector(cv).run(); }

}  // namespace cvgen::proof
