#include "read/cv.hpp"

#include <algorithm>
#include <iterator>

#include "model/words.hpp"
#include "read/text.hpp"
#include "read/variants.hpp"

namespace cvgen::read {
namespace {

using model::Entry;
using model::EntryKind;
using xml::Element;

struct EntryElement {
  std::string_view name;
  EntryKind kind;
};

constexpr EntryElement entry_elements[] = {
    {"degree", EntryKind::degree}, {"job", EntryKind::job}, {"position", EntryKind::position}, {"project", EntryKind::project},
    {"award", EntryKind::award}, {"talk", EntryKind::talk}, {"course", EntryKind::course}, {"activity", EntryKind::activity},
    {"certification", EntryKind::certification}, {"grant", EntryKind::grant}, {"membership", EntryKind::membership}, {"entry", EntryKind::entry},
};

// Which part of an entry a child element fills.
struct Slot {
  std::string_view name;
  model::Text Entry::*part;
};

constexpr Slot slots[] = {
    {"title", &Entry::title}, {"role", &Entry::role}, {"institution", &Entry::organization}, {"employer", &Entry::organization},
    {"organization", &Entry::organization}, {"event", &Entry::organization}, {"department", &Entry::unit}, {"team", &Entry::unit},
    {"place", &Entry::place}, {"grade", &Entry::grade}, {"amount", &Entry::amount}, {"number", &Entry::number},
    {"thesis", &Entry::thesis}, {"description", &Entry::description},
};

constexpr std::string_view statuses[] = {"published", "accepted", "in-press", "under-review", "in-preparation", "preprint", "filed", "granted"};
constexpr std::string_view phone_kinds[] = {"", "mobile", "fixed", "fax"};

template <class Visit>
void for_each_child(const Element& element, Visit visit) {
  for (const auto& node : element.children) {
    if (const auto* child = std::get_if<Element>(&node)) visit(*child);
  }
}

class CvReader {
 public:
  model::Cv run(const Element& root) {
    if (const auto code = model::find_language(value(root, "lang").value)) language_ = *code;
    model::Cv cv;
    cv.language = language_;
    for_each_child(root, [&](const Element& child) {
      if (child.name == "person") cv.person = person(child);
      else if (child.name == "template") look(child, cv);
      else if (child.name == "letter") cv.letter = letter(child);
      else cv.sections.push_back(section(child));
    });
    return cv;
  }

 private:
  model::Text text_of(const Element& element) const { return text(element, language_); }
  static bool yes(const Element& element, std::string_view attribute) { return value(element, attribute).value == "yes"; }
  static std::string id_of(const Element& element) { return value(element, "id").value; }

  static void look(const Element& element, model::Cv& cv) {
    cv.template_name = value(element, "name");
    cv.settings = settings(element);
  }

  // --- person

  model::Person person(const Element& element) {
    model::Person result;
    result.span = element.name_span();
    for_each_child(element, [&](const Element& child) {
      using Kind = model::Contact::Kind;
      model::Contact contact;
      if (child.name == "name") {
        result.prefix = value(child, "prefix");
        result.given = value(child, "given");
        result.family = value(child, "family");
        result.suffix = value(child, "suffix");
        return;
      }
      if (child.name == "headline") { result.headline = text_of(child); return; }
      if (child.name == "location") { result.location = text_of(child); return; }
      if (child.name == "photo") { result.photo = value(child, "src"); return; }
      if (child.name == "keywords") { result.keywords = content(child); return; }
      if (child.name == "email") contact.kind = Kind::email, contact.value = content(child);
      else if (child.name == "website") contact.kind = Kind::website, contact.value = content(child);
      else if (child.name == "phone") {
        contact.kind = Kind::phone;
        contact.value = content(child);
        const auto kind = std::find(std::begin(phone_kinds), std::end(phone_kinds), value(child, "type").value);
        if (kind != std::end(phone_kinds)) contact.phone = static_cast<model::PhoneKind>(kind - std::begin(phone_kinds));
      } else if (child.name == "profile") {
        contact.kind = Kind::profile;
        contact.value = value(child, "user");
        contact.network = value(child, "network");
        contact.href = value(child, "href");
      } else if (child.name == "detail") {
        contact.kind = Kind::detail;
        contact.label = value(child, "label");
        contact.text = text_of(child);
      } else {
        return;
      }
      result.contacts.push_back(std::move(contact));
    });
    return result;
  }

  // --- sections and items

  model::Section section(const Element& element) {
    model::Section result{std::string(element.name), value(element, "title"), {}, id_of(element), element.name_span()};
    result.items.reserve(static_cast<std::size_t>(std::ranges::distance(xml::children(element))));
    model::Group loose;  // neighbouring skills, mentees, interests or languages without a group make one line
    const auto flush = [&] {
      if (!loose.items.empty()) result.items.emplace_back(std::move(loose));
      loose = {};
    };
    for_each_child(element, [&](const Element& child) {
      if (child.name == "skill" || child.name == "mentee" || child.name == "interest" || child.name == "language") {
        if (loose.items.empty()) loose.span = child.name_span();
        loose.items.push_back(group_item(child));
        return;
      }
      flush();
      if (auto made = item(child)) result.items.push_back(std::move(*made));
    });
    flush();
    return result;
  }

  std::optional<model::Item> item(const Element& element) {
    const auto& name = element.name;
    const auto is_entry = std::find_if(std::begin(entry_elements), std::end(entry_elements), [&](const EntryElement& e) { return e.name == name; });
    if (is_entry != std::end(entry_elements)) return entry(element, is_entry->kind);
    if (name == "p") return model::Paragraph{text_of(element), id_of(element)};
    if (name == "employment") return employment(element);
    if (name == "publication" || name == "patent") return publication(element);
    if (name == "group") return group(element);
    if (name == "reference") return reference(element);
    if (name != "item") return std::nullopt;
    if (element.attribute("date") == nullptr) return highlight(element);
    Entry news;
    news.kind = EntryKind::news;
    news.dates = dates(element);
    news.title = text_of(element);
    news.span = element.name_span();
    news.id = id_of(element);
    for_each_child(element, [&](const Element& child) { if (child.name == "highlights") news.highlights = highlights(child); });
    return news;
  }

  Entry entry(const Element& element, EntryKind kind) {
    Entry result;
    result.kind = kind;
    result.dates = dates(element);
    result.id = id_of(element);
    result.span = element.name_span();
    if (const auto expires = value(element, "expires"); !expires.empty()) {
      result.expires.to = model::parse_date(expires.value);
      result.expires.to_span = expires.span;
      result.expires.single = true;
    }
    for_each_child(element, [&](const Element& child) {
      const auto slot = std::find_if(std::begin(slots), std::end(slots), [&](const Slot& s) { return s.name == child.name; });
      if (slot != std::end(slots)) append(result.*(slot->part), text_of(child));
      else if (child.name == "advisor") result.advisors.push_back(text_of(child));
      else if (child.name == "note") result.notes.push_back(text_of(child));
      else if (child.name == "link") result.links.push_back(link(child));
      else if (child.name == "highlights") result.highlights = highlights(child);
    });
    return result;
  }

  model::Employment employment(const Element& element) {
    model::Employment result;
    result.id = id_of(element);
    result.span = element.name_span();
    for_each_child(element, [&](const Element& child) {
      if (child.name == "employer") result.organization = text_of(child);
      else if (child.name == "place") result.place = text_of(child);
      else if (child.name == "link") result.links.push_back(link(child));
      else if (child.name == "position") result.positions.push_back(entry(child, EntryKind::position));
    });
    return result;
  }

  model::Publication publication(const Element& element) {
    model::Publication result;
    result.kind = value(element, "kind").value;
    result.patent = element.name == "patent";
    result.date = dates(element);
    result.doi = value(element, "doi");
    result.arxiv = value(element, "arxiv");
    result.id = id_of(element);
    result.span = element.name_span();
    const auto status = std::find(std::begin(statuses), std::end(statuses), value(element, "status").value);
    if (status != std::end(statuses)) result.status = static_cast<model::Status>(status - std::begin(statuses));
    for_each_child(element, [&](const Element& child) {
      if (child.name == "title") result.title = text_of(child);
      else if (child.name == "venue" || child.name == "organization") append(result.venue, text_of(child)), result.venue_short = value(child, "short");
      else if (child.name == "number") result.number = text_of(child);
      else if (child.name == "note") result.notes.push_back(text_of(child));
      else if (child.name == "link") result.links.push_back(link(child));
      else if (child.name == "authors") {
        for_each_child(child, [&](const Element& author) {
          if (author.name == "author") result.authors.push_back({text_of(author), yes(author, "me"), yes(author, "equal")});
        });
      }
    });
    return result;
  }

  model::Group group(const Element& element) {
    model::Group result{value(element, "label"), {}, id_of(element), element.name_span()};
    for_each_child(element, [&](const Element& child) { result.items.push_back(group_item(child)); });
    return result;
  }

  model::GroupItem group_item(const Element& element) { return {text_of(element), value(element, "level"), dates(element)}; }

  model::Reference reference(const Element& element) {
    model::Reference result;
    result.id = id_of(element);
    result.span = element.name_span();
    for_each_child(element, [&](const Element& child) {
      if (child.name == "referee") result.name = text_of(child);
      else if (child.name == "title") result.title = text_of(child);
      else if (child.name == "organization") append(result.organization, text_of(child));
      else if (child.name == "email") result.emails.push_back(content(child));
      else if (child.name == "phone") result.phones.push_back(content(child));
      else if (child.name == "description") result.description = text_of(child);
      else if (child.name == "link") result.links.push_back(link(child));
    });
    return result;
  }

  model::Letter letter(const Element& element) {
    model::Letter result;
    result.date = dates(element);
    result.span = element.name_span();
    for_each_child(element, [&](const Element& child) {
      if (child.name == "recipient") result.recipient = text_of(child);
      else if (child.name == "subject") result.subject = text_of(child);
      else if (child.name == "opening") result.opening = text_of(child);
      else if (child.name == "closing") result.closing = text_of(child);
      else if (child.name == "p") result.body.emplace_back(text_of(child));
      else if (child.name == "highlights") result.body.emplace_back(highlights(child));
      else if (child.name == "enclosure") result.enclosures.push_back(text_of(child));
    });
    return result;
  }

  // --- parts

  // A part given several times, such as two organizations, reads as a list.
  // An empty one wins over all others, so that it is reported.
  static void append(model::Text& part, model::Text more) {
    const bool given = part.span != diag::Span{};
    if (given && part.empty()) return;
    if (!given || more.empty()) {
      part = std::move(more);
      return;
    }
    part.runs.push_back({", ", 0, {}, {}, more.span});
    part.runs.insert(part.runs.end(), more.runs.begin(), more.runs.end());
  }

  model::Link link(const Element& element) { return {text_of(element), value(element, "href")}; }

  std::vector<model::Highlight> highlights(const Element& element) {
    std::vector<model::Highlight> result;
    for_each_child(element, [&](const Element& child) { if (child.name == "item") result.push_back(highlight(child)); });
    return result;
  }

  model::Highlight highlight(const Element& element) {
    model::Highlight result{text_of(element), {}, element.name_span()};
    for_each_child(element, [&](const Element& child) { if (child.name == "highlights") result.children = highlights(child); });
    return result;
  }

  static model::Dates dates(const Element& element) {
    model::Dates result;
    const auto from = value(element, "from");
    auto to = value(element, "to");
    if (const auto date = value(element, "date"); !date.empty()) {
      result.single = true;
      if (!to.empty()) result.also_to_span = to.span;
      to = date;
    }
    result.from = model::parse_date(from.value);
    result.present = to.value == "present";
    if (!result.present) result.to = model::parse_date(to.value);
    result.expected = yes(element, "expected");
    result.from_span = from.span;
    result.to_span = to.span;
    return result;
  }

  model::Language language_ = model::Language::en;
};

}  // namespace

model::Cv cv(const xml::Element& root) { return CvReader().run(root); }

}  // namespace cvgen::read
