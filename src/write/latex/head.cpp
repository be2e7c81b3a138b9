#include <algorithm>

#include "model/networks.hpp"
#include "model/words.hpp"
#include "write/latex/body.hpp"

namespace cvgen::latex {
namespace {

using model::Contact;

std::string joined(std::string_view a, std::string_view b, std::string_view between) {
  if (a.empty() || b.empty()) return std::string(a) + std::string(b);
  return std::string(a) + std::string(between) + std::string(b);
}

// "Lovelace, PhD" but "Lovelace Jr.": generations belong to the name.
std::string family_name(const model::Person& person) {
  constexpr std::string_view generations[] = {"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"};
  const bool generation = std::find(std::begin(generations), std::end(generations), person.suffix.value) != std::end(generations);
  return joined(person.family.value, person.suffix.value, generation ? " " : ", ");
}

std::string given_name(const model::Person& person) { return joined(person.prefix.value, person.given.value, " "); }

// An address as people write it: without scheme, www and a closing slash.
std::string_view short_address(std::string_view url) {
  for (const std::string_view prefix : {"https://", "http://", "www."}) {
    if (url.starts_with(prefix)) url.remove_prefix(prefix.size());
  }
  if (url.ends_with('/')) url.remove_suffix(1);
  return url;
}

Tex profile(const Contact& contact, Escaper& escaper) {
  const auto* network = model::find_network(contact.network.value);
  const auto url = !contact.href.empty() ? contact.href.value : std::string(network->prefix) + contact.value.value;
  // An address tells more than a user name, unless it is one of those that nobody reads.
  const bool readable = network != nullptr && url.find('?') == std::string::npos && contact.href.empty();
  const auto shown = readable ? escaper.text(short_address(url)) : escaper.text(contact.value.value);
  return command("\\cvprofile", escaper.text(contact.network.value), Escaper::url(url), shown);
}

Tex phone(const Contact& contact, Escaper& escaper) {
  const auto number = escaper.text(contact.value.value);
  switch (contact.phone) {
    case model::PhoneKind::fixed: return command("\\phone[fixed]", number);
    case model::PhoneKind::fax: return command("\\phone[fax]", number);
    case model::PhoneKind::mobile:
    case model::PhoneKind::unknown: return command("\\phone[mobile]", number);
  }
  return {};
}

}  // namespace

Lines head(const model::Cv& cv, const std::string& photo_name, Escaper& escaper) {
  const auto& person = cv.person;
  Lines lines;
  lines.add(command("\\name", escaper.text(given_name(person)), escaper.text(family_name(person))), person.family.span);
  if (!person.headline.empty()) lines.add(command("\\title", escaper.text(person.headline)), person.headline.span);
  if (!person.location.empty()) lines.add(command("\\address", escaper.text(person.location)), person.location.span);
  if (!photo_name.empty()) lines.add(command("\\photo", trusted(photo_name)), person.photo.span);
  for (const auto& contact : person.contacts) {
    switch (contact.kind) {
      case Contact::Kind::email: lines.add(command("\\email", escaper.text(contact.value.value)), contact.value.span); break;
      case Contact::Kind::phone: lines.add(phone(contact, escaper), contact.value.span); break;
      case Contact::Kind::website:
        lines.add(command("\\cvhomepage", Escaper::url(contact.value.value), escaper.text(short_address(contact.value.value))), contact.value.span);
        break;
      case Contact::Kind::profile: lines.add(profile(contact, escaper), contact.value.span); break;
      case Contact::Kind::detail:
        lines.add(command("\\cvprofile", escaper.text(contact.label.value), Tex(), escaper.text(contact.text)), contact.label.span);
        break;
    }
  }
  return lines;
}

Lines metadata(const model::Cv& cv, Escaper& escaper) {
  const auto name = escaper.text(joined(given_name(cv.person), family_name(cv.person), " "));
  Lines lines;
  lines.add(Tex("\\hypersetup{"), cv.person.family.span);
  lines.indent();
  lines.add(Tex("pdfauthor={") + name + Tex("},"), cv.person.family.span);
  lines.add(Tex("pdftitle={") + name + Tex(" -- Curriculum Vitae},"), cv.person.family.span);
  if (const auto subject = model::plain(cv.person.headline); !subject.empty()) {
    lines.add(Tex("pdfsubject={") + escaper.text(subject) + Tex("},"), cv.person.headline.span);
  }
  lines.add(Tex("pdflang={") + trusted(std::string(model::words(cv.language).code)) + Tex("}}"), {});
  return lines;
}

}  // namespace cvgen::latex
