#include <fmt/format.h>

#include <algorithm>

#include "model/name.hpp"
#include "model/networks.hpp"
#include "model/words.hpp"
#include "write/latex/body.hpp"
#include "write/latex/scripts.hpp"

namespace cvgen::latex {
namespace {

using model::Contact;

std::string joined(std::string_view a, std::string_view b, std::string_view between) {
  if (a.empty() || b.empty()) return std::string(a) + std::string(b);
  return std::string(a) + std::string(between) + std::string(b);
}

// "Lovelace, PhD" but "Lovelace Jr.": generations belong to the name.
std::string with_suffix(std::string_view name, const model::Person& person) {
  constexpr std::string_view generations[] = {"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"};
  const bool generation = std::find(std::begin(generations), std::end(generations), person.suffix.value) != std::end(generations);
  return joined(name, person.suffix.value, generation ? " " : ", ");
}

// The two arguments of \name. Templates set the second one stronger; a name that begins with the family's is all there.
std::pair<std::string, std::string> name_parts(const model::Person& person, model::Language language) {
  const auto order = model::name_order(person, language);
  if (order.family_first) return {person.prefix.value, with_suffix(joined(order.first->value, order.second->value, order.between), person)};
  return {joined(person.prefix.value, person.given.value, " "), with_suffix(person.family.value, person)};
}

// An address as people write it: without scheme, www and a closing slash.
std::string_view short_address(std::string_view url) {
  for (const std::string_view prefix : {"https://", "http://", "www."}) {
    if (url.starts_with(prefix)) url.remove_prefix(prefix.size());
  }
  if (url.ends_with('/')) url.remove_suffix(1);
  return url;
}

// tel:+12062956340;ext=12, RFC 3966; 00 and national forms stay as they are.
std::string phone_address(std::string_view number) {
  std::string digits, extension;
  bool in_extension = false;
  // +44 (0) 20: the zero is for calls within the country.
  std::string given(number);
  if (const auto zero = given.find("(0)"); given.starts_with('+') && zero != std::string::npos) given.erase(zero, 3);
  for (const char c : given) {
    if (c == 'e' || c == 'x' || c == '#') in_extension = true;
    if ((c >= '0' && c <= '9') || (c == '+' && digits.empty())) (in_extension ? extension : digits) += c;
  }
  return "tel:" + digits + (extension.empty() ? "" : ";ext=" + extension);
}

// On a page from right to left a left-to-right mark keeps the + of a number before its digits.
std::string phone_text(const std::string& number, model::Language language) { return model::is_right_to_left(language) ? "\u200E" + number : number; }

Tex contact(const Contact& c, model::Language language, Escaper& escaper) {
  const auto make = [](const Tex& kind, std::string_view url, const Tex& text) { return command("\\cvcontact", kind, Escaper::url(url), text); };
  const auto& value = c.value.value;
  switch (c.kind) {
    case Contact::Kind::email: return make(Tex("email"), "mailto:" + value, escaper.text(value));
    case Contact::Kind::phone: {
      const auto kind = c.phone == model::PhoneKind::mobile ? Tex("mobile") : c.phone == model::PhoneKind::fax ? Tex("fax") : Tex("phone");
      return make(kind, phone_address(value), escaper.text(phone_text(value, language)));
    }
    case Contact::Kind::website: return make(Tex("homepage"), value, escaper.text(short_address(value)));
    case Contact::Kind::profile: {
      const auto* network = model::find_network(c.network.value);
      const auto url = !c.href.empty() ? c.href.value : std::string(network->prefix) + value;
      // An address tells more than a user name, unless it is one that nobody reads.
      const bool known = network != nullptr && c.href.empty();
      const auto shown = !known ? value : network->label.empty() ? std::string(short_address(url)) : std::string(network->label) + ": " + value;
      return make(escaper.text(c.network.value), url, escaper.text(shown));
    }
    case Contact::Kind::detail: return make(escaper.text(c.label.value), {}, escaper.text(c.text));
  }
  return {};
}

// What the sections of skills show, where no keywords are given.
std::string skills(const model::Cv& cv) {
  std::string result;
  for (const auto& section : cv.sections) {
    if (section.kind != "skills") continue;
    for (const auto& item : section.items) {
      const auto* group = std::get_if<model::Group>(&item);
      if (group == nullptr) continue;
      for (const auto& skill : group->items) result = joined(result, model::plain(skill.text), ", ");
    }
  }
  return result;
}

}  // namespace

std::string whole_name(const model::Person& person, model::Language language) {
  const auto [first, second] = name_parts(person, language);
  return joined(first, second, " ");
}

Lines head(const model::Cv& cv, const std::string& photo_name, const model::ResolvedSettings& settings, Escaper& escaper) {
  const auto& person = cv.person;
  Lines lines;
  const auto [first, second] = name_parts(person, cv.language);
  lines.add(command("\\name", escaper.text(first), escaper.text(second)), person.family.span);
  if (!person.headline.empty()) lines.add(command("\\title", escaper.text(person.headline)), person.headline.span);
  if (!person.location.empty()) lines.add(command("\\address", escaper.text(person.location)), person.location.span);
  if (!photo_name.empty()) {
    // What moderncv takes with the photo, where the template has settings for it.
    const auto option = [&](std::string_view name) {
      const auto found = settings.find(name);
      return found == settings.end() ? Tex() : Tex("[") + trusted(found->second) + Tex("]");
    };
    lines.add(Tex("\\photo") + option("photowidth") + option("photoframe") + command("", trusted(photo_name)), person.photo.span);
  }
  for (const auto& c : person.contacts) lines.add(contact(c, cv.language, escaper), c.kind == Contact::Kind::detail ? c.label.span : c.value.span);
  return lines;
}

Lines metadata(const model::Cv& cv, const model::Template& look, const model::ResolvedSettings& settings) {
  const auto& words = model::words(cv.language);
  const auto& person = cv.person;
  const auto name = whole_name(person, cv.language);
  const auto about = cv.letter ? model::plain(cv.letter->subject) : std::string(words.curriculum_vitae);
  const auto title = joined(name, about, " – ");
  const auto subject = model::plain(person.headline);
  const auto keywords = person.keywords.empty() ? skills(cv) : person.keywords.value;
  const auto language = trusted(std::string(words.code));
  Lines lines;
  if (const auto archive = settings.find("pdfa"); archive != settings.end() && archive->second == "yes") lines.add(Tex("\\cvarchive"), {});
  // Copies of cvgen's templates were once made without it.
  constexpr std::string_view name_of_command = "\\cvmetadata";
  if (std::none_of(look.frame.begin(), look.frame.end(), [&](const model::FrameLine& line) { return line.text.find(name_of_command) != std::string::npos; })) {
    lines.add(Tex("\\providecommand{\\cvmetadata}[5]{{\\def\\cvu##1{\\unichar{\"##1}}\\hypersetup{pdftitle={#1},pdfauthor={#2},pdfsubject={#3},pdfkeywords={#4}}}"
                  "\\hypersetup{pdflang={#5}}\\ifdefined\\cvxmp\\cvxmp{#1}{#2}{#3}{#4}{#5}\\fi}"), {});
  }
  lines.add(Tex("\\cvmetadata"), person.family.span);
  lines.indent();
  const auto known = [&](std::string_view text, diag::Span span) { lines.add(command("", Escaper::metadata(text)), span); };
  known(title, person.family.span);
  known(name, person.family.span);
  known(subject, person.headline.span);
  known(keywords, person.keywords.span);
  lines.add(command("", language), {});
  lines.outdent();
  return lines;
}

}  // namespace cvgen::latex
