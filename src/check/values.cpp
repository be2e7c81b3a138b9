#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "check/forms.hpp"
#include "check/rules.hpp"
#include "model/networks.hpp"
#include "model/visit.hpp"
#include "model/words.hpp"
#include "text/similar.hpp"

namespace cvgen::check {
namespace {

using diag::at;
using diag::Code;
using model::Contact;

// Whether it exists; reports those that don't, but not those whose form the schema refuses.
bool check_date(const std::optional<model::Date>& date, diag::Span span, diag::Sink& sink) {
  if (!date || model::exists(*date)) return true;
  if (date->second_year) {
    sink.add(at(span, Code::E0301, fmt::format("{} is not the year after {}", *date->second_year, date->year))
                 .helps(fmt::format("a double year is two years in a row, as in {}/{}", date->year, date->year + 1)));
    return false;
  }
  const bool good_form = date->month.value_or(1) >= 1 && date->month.value_or(1) <= 12 && date->day.value_or(1) >= 1 && date->day.value_or(1) <= 31;
  if (!good_form || !date->month || !date->day) return false;
  auto last = *date;
  while (*last.day > 1 && !model::exists(last)) --*last.day;
  sink.add(at(span, Code::E0301, fmt::format("the day {:04}-{:02}-{:02} does not exist", date->year, *date->month, *date->day))
               .helps(fmt::format("dates are year-month-day, and {:04}-{:02} has {} days", date->year, *date->month, *last.day)));
  return false;
}

void check_dates(const model::Dates& dates, diag::Sink& sink) {
  const bool from_exists = check_date(dates.from, dates.from_span, sink);
  const bool to_exists = check_date(dates.to, dates.to_span, sink);
  const bool good = from_exists && to_exists;
  const bool has_to = dates.also_to_span != diag::Span{};
  if (dates.single && (dates.from || has_to)) {
    const auto other = dates.from ? dates.from_span : dates.also_to_span;
    sink.add(at(other, Code::E0303, fmt::format("both `date` and `{}` are given", dates.from ? "from" : "to")).label(dates.from ? "starts here" : "ends here").also(dates.to_span, "has one date")
                 .helps("use `date` alone, or `from` and `to`"));
    return;
  }
  if (good && dates.from && dates.to && model::last_day(*dates.to) < model::first_day(*dates.from)) {
    sink.add(at(dates.to_span, Code::E0302, "the end lies before the start").label("ends here").also(dates.from_span, "starts here")
                 .helps("swap `from` and `to`, or correct one of them"));
  }
  if (dates.present && dates.expected) {
    sink.add(at(dates.to_span, Code::E0312, "what goes on can't have an expected end").label("goes on").helps("write the planned end here, or delete `expected`"));
  }
  if (dates.from && !dates.to && !dates.present && !dates.expected && dates.to_span == diag::Span{}) {
    sink.add(at(dates.from_span, Code::W0301, "a start without an end").label("`to` is missing")
                 .helps("add `to=\"present\"` if it goes on, or use `date` for a single date"));
  }
}

void check_email(const model::Located& email, diag::Sink& sink) {
  if (email.empty() || is_email(email.value)) return;  // empty ones are E0311
  sink.add(at(email.span, Code::E0304, fmt::format("`{}` is not an e-mail address", email.value)).helps("an address looks like `name@example.org`"));
}

void check_phone(const model::Located& phone, diag::Sink& sink) {
  if (phone.empty() || is_phone(phone.value)) return;
  sink.add(at(phone.span, Code::E0306, fmt::format("`{}` is not a phone number", phone.value)).helps("write it with 4 to 15 digits, best in international form: `+44 20 7946 0000`"));
}

// The name alone: whole addresses are what people paste.
void check_user(const model::Located& user, const model::Network& network, diag::Sink& sink) {
  const auto& name = user.value;
  const bool numbered = name.find('/') != std::string::npos && name.find("://") == std::string::npos;  // 12345/ada, of Stack Overflow
  if (!name.empty() && name.front() != '@' && name.find_first_of(" \t") == std::string::npos && (numbered || name.find('/') == std::string::npos) && !name.starts_with("www.")) return;
  auto diagnostic = at(user.span, Code::E0314, fmt::format("`{}` is not a user name", name));
  auto last = name;
  while (last.ends_with('/')) last.pop_back();
  last = last.substr(last.find_last_of("/=@") + 1);
  const bool plain = !last.empty() && last.find(' ') == std::string::npos;
  diagnostic.help.push_back(plain && last != name ? fmt::format("write the name alone: `{}`", last) : fmt::format("it is what stands behind {}", network.prefix));
  sink.add(std::move(diagnostic));
}

void check_profile(const Contact& contact, diag::Sink& sink) {
  const auto& network = contact.network.value;
  if (network == "orcid") {
    if (!has_orcid_form(contact.value.value)) {
      sink.add(at(contact.value.span, Code::E0308, fmt::format("`{}` is not an ORCID iD", contact.value.value)).helps("an iD has four groups of four digits: `0000-0002-1825-0097`"));
    } else if (orcid_check_digit(contact.value.value) != contact.value.value.back()) {
      sink.add(at(contact.value.span, Code::E0308, "the check digit of this ORCID iD does not fit").label("a digit is mistyped")
                   .helps("copy the iD from https://orcid.org"));
    }
  }
  if (!contact.href.empty() || network.empty()) return;
  if (const auto* known = model::find_network(network)) {
    if (network != "orcid") check_user(contact.value, *known, sink);
    return;
  }
  std::vector<std::string> names;
  for (const auto& known : model::networks()) names.emplace_back(known.name);
  auto diagnostic = at(contact.network.span, Code::E0309, fmt::format("cvgen does not know the addresses of `{}`", network)).label("unknown network");
  if (const auto near = text::nearest(network, names)) {
    diagnostic.help.push_back(fmt::format("a similar network exists: `{}`", *near));
    diagnostic.fix = {{contact.network.span, *near}};
  } else {
    diagnostic.help.push_back("add `href=\"https://...\"`; `cvgen list networks` shows those that need none");
  }
  sink.add(std::move(diagnostic));
}

// What browsers and servers take.
constexpr std::size_t longest_address = 2'000;
constexpr std::string_view any_address = "an address begins with `https://`, `http://`, `mailto:` or `tel:`, or is `#` and the id of an entry";
constexpr std::string_view web_address = "the address of a website begins with `https://` or `http://`";

std::string address_help(std::string_view url, std::string_view otherwise) {
  if (url.find(' ') != std::string_view::npos) return "an address has no blanks or line breaks; take them out, or write `%20` for a blank";
  if (otherwise == any_address && is_email(url)) return fmt::format("write `mailto:{}`", url);
  if (url.starts_with("www.") || is_web_address(fmt::format("https://{}", url))) return fmt::format("write `https://{}`", url);
  return std::string(otherwise);
}

}  // namespace

void dates(const model::Cv& cv, diag::Sink& sink) {
  model::Visitor visitor;
  visitor.dates = [&](const model::Dates& d) { check_dates(d, sink); };
  model::visit(cv, visitor);
}

void contacts(const model::Cv& cv, diag::Sink& sink) {
  for (const auto& contact : cv.person.contacts) {
    switch (contact.kind) {
      case Contact::Kind::email: check_email(contact.value, sink); break;
      case Contact::Kind::phone: check_phone(contact.value, sink); break;
      case Contact::Kind::profile: check_profile(contact, sink); break;
      case Contact::Kind::website:
        if (!contact.value.empty() && !is_web_address(contact.value.value)) {
          sink.add(at(contact.value.span, Code::E0305, fmt::format("`{}` is not a web address", contact.value.value)).helps(address_help(contact.value.value, web_address)));
        }
        break;
      case Contact::Kind::detail: break;
    }
  }
  for (const auto& section : cv.sections) {
    for (const auto& item : section.items) {
      const auto* reference = std::get_if<model::Reference>(&item);
      if (reference == nullptr) continue;
      for (const auto& email : reference->emails) check_email(email, sink);
      for (const auto& phone : reference->phones) check_phone(phone, sink);
    }
  }
}

void addresses(const model::Cv& cv, References& references, diag::Sink& sink) {
  const auto check = [&](const std::string& url, diag::Span span) {
    if (url.starts_with('#')) references.links.push_back({url.substr(1), span});
    else if (url.size() > longest_address) sink.add(at(span, Code::E0315, fmt::format("an address of {} characters", url.size())).label(fmt::format("{} at most", longest_address)).helps("a shorter one should lead there"));
    else if (!is_address(url)) sink.add(at(span, Code::E0305, fmt::format("`{}` is not an address", url)).helps(address_help(url, any_address)));
  };
  model::Visitor visitor;
  visitor.address = [&](const model::Located& url) { check(url.value, url.span); };
  visitor.text = [&](const model::Text& text) {
    const std::string* last = nullptr;  // neighbouring runs of one link are one fault
    for (const auto& run : text.runs) {
      if (!run.href.empty() && (last == nullptr || *last != run.href)) check(run.href, run.href_span);
      last = run.href.empty() ? nullptr : &run.href;
    }
  };
  model::visit(cv, visitor);
}

void identifiers(const model::Cv& cv, diag::Sink& sink) {
  for (const auto& section : cv.sections) {
    for (const auto& item : section.items) {
      const auto* publication = std::get_if<model::Publication>(&item);
      if (publication == nullptr) continue;
      if (const auto& doi = publication->doi; !doi.empty() && !is_doi(doi.value)) {
        auto diagnostic = at(doi.span, Code::E0307, fmt::format("`{}` is not a DOI", doi.value));
        const auto begin = doi.value.find("10.");
        const bool wrapped = begin != std::string::npos && is_doi(std::string_view(doi.value).substr(begin));
        diagnostic.help.push_back(wrapped ? fmt::format("write the DOI alone: `{}`", doi.value.substr(begin)) : "a DOI looks like `10.14778/3551793.3551833`");
        sink.add(std::move(diagnostic));
      }
      if (const auto& arxiv = publication->arxiv; !arxiv.empty() && !is_arxiv(arxiv.value)) {
        sink.add(at(arxiv.span, Code::E0307, fmt::format("`{}` is not an arXiv identifier", arxiv.value)).helps("an identifier looks like `2305.02375`"));
      }
    }
  }
}

void references(const References& all, diag::Sink& sink) {
  std::map<std::string_view, diag::Span> seen;
  for (const auto& [id, span] : all.ids) {
    const auto [first, fresh] = seen.emplace(id, span);
    if (fresh) continue;
    sink.add(at(span, Code::E0401, fmt::format("the id `{}` is used twice", id)).label("again here").also(first->second, "first here")
                 .helps("give one of the two another id"));
  }
  std::vector<std::string> names;
  for (const auto& [id, span] : all.links) {
    if (seen.contains(id)) continue;
    auto diagnostic = at(span, Code::E0402, fmt::format("nothing in this CV has the id `{}`", id)).label("leads nowhere");
    if (names.empty()) std::transform(all.ids.begin(), all.ids.end(), std::back_inserter(names), [](const model::Located& known) { return known.value; });
    if (const auto near = text::nearest(id, names)) diagnostic.help.push_back(fmt::format("a similar id exists: `{}`", *near));
    else diagnostic.help.push_back(fmt::format("give the entry or section that you mean `id=\"{}\"`", id));
    sink.add(std::move(diagnostic));
  }
}

}  // namespace cvgen::check
