// The CV as plain values: few kinds of items in many kinds of sections. Strings are plain Unicode.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/date.hpp"
#include "model/text.hpp"

namespace cvgen::model {

enum class Language { en, de, fr, es, it, pt, nl, el, ru, uk, zh, ja, ko, he, ar, hi };

struct Link {
  Text label;
  Located url;
};

struct Highlight {
  Text text;
  std::vector<Highlight> children;
  diag::Span span;
};

// What an entry is; decides how a writer sets it, and nothing else.
enum class EntryKind {
  degree, job, position, project, award, talk, course, activity, certification, grant, membership, entry, news
};

// Anything with a date: a degree, a position, an award. Parts that a kind does not have stay empty.
struct Entry {
  EntryKind kind = EntryKind::entry;
  Dates dates;
  Text title;
  Text role;
  Text organization;  // institution, employer, event, funder, issuer
  Text unit;          // department, team
  Text place;
  Text grade;
  Text amount;
  Text number;
  Text thesis;
  Text description;
  std::vector<Text> advisors;
  std::vector<Text> notes;
  std::vector<Link> links;
  std::vector<Highlight> highlights;
  Dates expires;  // certificates; single
  std::string id;
  diag::Span span;  // the start tag
};

// Several positions at one employer, latest first as written.
struct Employment {
  Text organization;
  Text place;
  std::vector<Link> links;
  std::vector<Entry> positions;
  std::string id;
  diag::Span span;
};

struct Author {
  Text name;
  bool me = false;
  bool equal = false;
};

enum class Status { published, accepted, in_press, under_review, in_preparation, preprint, filed, granted };

// A publication, or a patent with inventors for authors and an office for venue.
struct Publication {
  std::string kind;  // as in the schema: "conference"
  bool patent = false;
  Dates date;
  Text title;
  std::vector<Author> authors;
  Text venue;
  Located venue_short;
  Text number;
  Status status = Status::published;
  Located doi;
  Located arxiv;
  std::vector<Text> notes;
  std::vector<Link> links;
  std::string id;
  diag::Span span;
};

// One thing of a labelled line: a skill with its level, a mentee with dates, an interest, a language.
struct GroupItem {
  Text text;
  Located level;
  Dates dates;
};

struct Group {
  Located label;  // empty: a line without a label
  std::vector<GroupItem> items;
  std::string id;
  diag::Span span;
};

struct Reference {
  Text name;
  Text title;
  Text organization;
  std::vector<Located> emails;
  std::vector<Located> phones;
  Text description;
  std::vector<Link> links;
  std::string id;
  diag::Span span;
};

struct Paragraph {
  Text text;
  std::string id;
};

using Item = std::variant<Entry, Employment, Publication, Group, Reference, Paragraph, Highlight>;

struct Section {
  std::string kind;  // the element's name: "education"; "section" for a free one
  Located title;     // empty: the usual title
  std::vector<Item> items;
  std::string id;
  diag::Span span;
};

enum class PhoneKind { unknown, mobile, fixed, fax };

struct Contact {
  enum class Kind { email, phone, website, profile, detail };
  Kind kind = Kind::email;
  Located value;    // address, number, user name
  PhoneKind phone = PhoneKind::unknown;
  Located network;  // profiles
  Located href;     // profiles: given address
  Located label;    // details
  Text text;        // details
};

struct Person {
  Located prefix, given, family, suffix;
  Text headline;
  Text location;
  Located photo;
  Located keywords;  // for the metadata
  std::vector<Contact> contacts;  // in document order
  diag::Span span;
};

struct Setting {
  Located name;
  Located value;
  Located tightest;  // how far a page budget may take it; empty: as far as the template says
};

// What a letter says, in order: paragraphs and lists.
using LetterPart = std::variant<Text, std::vector<Highlight>>;

struct Letter {
  Dates date;  // single
  Text recipient, subject, opening;
  std::vector<LetterPart> body;
  Text closing;
  std::vector<Text> enclosures;
  diag::Span span;  // the start tag
};

struct Cv {
  Language language = Language::en;
  Person person;
  Located template_name;
  std::vector<Setting> settings;
  std::vector<Section> sections;
  std::optional<Letter> letter;  // the document is this letter, and has no sections
};

}  // namespace cvgen::model
