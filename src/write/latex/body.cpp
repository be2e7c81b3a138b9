#include "write/latex/body.hpp"

#include "model/words.hpp"
#include "write/latex/marker.hpp"

namespace cvgen::latex {
namespace {

using model::Entry;
using model::EntryKind;

// Words that stand alone begin with a capital letter.
std::string sentence(std::string_view words) {
  std::string result(words);
  if (!result.empty() && result[0] >= 'a' && result[0] <= 'z') result[0] = static_cast<char>(result[0] - 32);
  return result;
}

class BodyWriter {
 public:
  BodyWriter(const model::Cv& cv, const std::vector<const model::Section*>& sections, Escaper& escaper, const Marks* marks) : cv_(cv), sections_(sections), words_(model::words(cv.language)), escaper_(escaper), marker_(lines_, marks) {}

  Lines run(bool last) {
    for (const auto* one : sections_) {
      const auto& section = *one;
      if (section.items.empty()) continue;
      if (!lines_.all().empty()) lines_.blank();
      marker_.heading(section.span);
      target(section.id);
      const auto title = section.title.empty() ? std::string(model::section_title(section.kind, cv_.language)) : section.title.value;
      lines_.add(command("\\section", escaper_.text(title)), section.span);
      for (const auto& item : section.items) {
        marker_.chunk();
        std::visit([this](const auto& value) { write(value); }, item);
      }
    }
    if (marker_.on()) bare_entries(last);
    return std::move(lines_);
  }

 private:
  Tex tex(const model::Text& text) { return escaper_.text(text); }
  Tex tex(const model::Located& value) { return escaper_.text(value.value); }
  Tex dates(const model::Dates& dates) { return escaper_.text(model::format(dates, cv_.language)); }

  // The non-empty ones, with something between.
  template <class... Parts>
  static Tex join(const Tex& between, const Parts&... parts) {
    Tex result;
    const auto add = [&](const Tex& part) {
      if (part.empty()) return;
      if (!result.empty()) result += between;
      result += part;
    };
    (add(parts), ...);
    return result;
  }
  template <class... Parts>
  static Tex commas(const Parts&... parts) { return join(Tex(", "), parts...); }

  Tex all(const std::vector<model::Text>& texts) {
    Tex result;
    for (const auto& text : texts) result = commas(result, tex(text));
    return result;
  }

  Tex links(const std::vector<model::Link>& links) {
    Tex result;
    for (const auto& link : links) result = join(Tex(" "), result, command("\\cvlink", Escaper::url(link.url.value), tex(link.label)));
    return result;
  }

  void target(const std::string& id) {
    if (!id.empty()) lines_.add(command("\\cvanchor", Escaper::anchor(id)), {});
  }

  // Once more without bullets what has some, for the case that they are all left out.
  void bare_entries(bool last) {
    marker_.begin_bare();
    const auto bare = [&](Entry entry, bool in_employment) {
      if (entry.highlights.empty()) return;
      entry.highlights.clear();
      marker_.new_chunk();
      if (in_employment) position(entry);
      else write(entry);
    };
    for (const auto* section : sections_) {
      for (const auto& item : section->items) {
        if (const auto* entry = std::get_if<Entry>(&item)) bare(*entry, false);
        const auto* employment = std::get_if<model::Employment>(&item);
        if (employment == nullptr) continue;
        for (const auto& one : employment->positions) bare(one, true);
      }
    }
    if (last) marker_.end();
  }

  // --- entries

  void write(const Entry& entry) {
    marker_.unit(entry.span);
    target(entry.id);
    if (is_line(entry)) {
      lines_.add(command("\\cvdated", dates(entry.dates), join(Tex(" "), one_line(entry), links(entry.links))), entry.span);
    } else {
      full(entry);
    }
  }

  // Kinds that are one line with a date, unless there is more to tell.
  static bool is_line(const Entry& entry) {
    if (!entry.highlights.empty()) return false;
    switch (entry.kind) {
      case EntryKind::award:
      case EntryKind::talk:
      case EntryKind::course:
      case EntryKind::activity:
      case EntryKind::certification:
      case EntryKind::membership:
      case EntryKind::grant:
      case EntryKind::news: return true;
      case EntryKind::degree:
      case EntryKind::job:
      case EntryKind::position:
      case EntryKind::project:
      case EntryKind::entry: return false;
    }
    return false;
  }

  Tex one_line(const Entry& e) {
    const auto rest = commas(tex(e.description), all(e.notes), expiry(e));
    const auto title = tex(e.title), role = tex(e.role), organization = tex(e.organization), place = tex(e.place);
    switch (e.kind) {
      case EntryKind::award: return commas(title, tex(e.description), organization, place, all(e.notes));
      case EntryKind::talk: return commas(organization, title, role, place, rest);
      case EntryKind::course: return commas(role, organization, title, place, rest);
      case EntryKind::activity: return commas(role, title, organization, place, rest);
      case EntryKind::membership: return commas(organization, role, title, place, rest);
      default: return commas(title, role, organization, tex(e.number), tex(e.amount), place, rest);
    }
  }

  Tex expiry(const Entry& entry) {
    if (entry.expires.empty()) return {};
    return escaper_.text(words_.valid_until) + Tex(" ") + dates(entry.expires);
  }

  Tex advised(const Entry& entry) {
    Tex names;
    for (std::size_t i = 0; i < entry.advisors.size(); ++i) {
      if (i > 0) names += i + 1 == entry.advisors.size() ? Tex(" ") + escaper_.text(words_.and_) + Tex(" ") : Tex(", ");
      names += tex(entry.advisors[i]);
    }
    return names.empty() ? names : escaper_.text(words_.advised_by) + Tex(" ") + names;
  }

  void full(const Entry& e) {
    auto title = tex(e.title);
    auto organization = tex(e.organization);
    auto place = tex(e.place);
    auto detail = commas(tex(e.role), tex(e.unit), advised(e), tex(e.grade), tex(e.number), tex(e.amount), expiry(e));
    if (e.kind == EntryKind::project || e.kind == EntryKind::entry) {
      // What it is called matters more than where it was done.
      place = commas(organization, place);
      organization = Tex();
    }
    if (!e.links.empty()) title = join(Tex(" "), title, links(e.links));
    lines_.add(command("\\cventry", dates(e.dates), title, organization, place, detail), e.span);
    description(e);
  }

  void write(const model::Employment& employment) {
    marker_.unit(employment.span);
    target(employment.id);
    const auto organization = join(Tex(" "), tex(employment.organization), links(employment.links));
    lines_.add(command("\\cvemployer", Tex(), organization, tex(employment.place)), employment.span);
    for (const auto& one : employment.positions) {
      marker_.chunk();
      position(one);
    }
  }

  void position(const Entry& entry) {
    marker_.unit(entry.span);
    target(entry.id);
    const auto title = join(Tex(" "), commas(tex(entry.title), tex(entry.unit), tex(entry.organization)), links(entry.links));
    lines_.add(command("\\cvrole", dates(entry.dates), title, tex(entry.place)), entry.span);
    description(entry);
  }

  // The last argument of an entry: paragraphs and bullets, one to a line.
  void description(const Entry& entry) {
    std::vector<std::pair<Tex, diag::Span>> paragraphs;
    if (!entry.thesis.empty()) paragraphs.emplace_back(escaper_.text(words_.thesis) + Tex(": ") + tex(entry.thesis), entry.thesis.span);
    if (!entry.description.empty()) paragraphs.emplace_back(tex(entry.description), entry.description.span);
    for (const auto& note : entry.notes) paragraphs.emplace_back(tex(note), note.span);
    if (paragraphs.empty() && entry.highlights.empty()) return lines_.append(Tex("{}"));
    lines_.append(Tex("{%"));
    lines_.indent();
    for (std::size_t i = 0; i < paragraphs.size(); ++i) {
      const bool last = i + 1 == paragraphs.size();
      lines_.add(paragraphs[i].first + (last ? Tex() : Tex("\\par")), paragraphs[i].second);
    }
    if (!entry.highlights.empty()) bullets(entry.highlights, entry.span);
    lines_.outdent();
    lines_.append(Tex("}"));
  }

  // TeX sets all of an entry when it has read its last line, so that one stands for the owner of the bullets.
  void bullets(const std::vector<model::Highlight>& highlights, diag::Span owner) {
    lines_.add(Tex("\\begin{itemize}"), highlights.front().span);
    lines_.indent();
    for (const auto& highlight : highlights) {
      marker_.unit(highlight.span);
      lines_.add(Tex("\\item ") + tex(highlight.text), highlight.span);
      if (highlight.children.empty()) continue;
      lines_.indent();
      bullets(highlight.children, highlight.span);
      lines_.outdent();
    }
    lines_.outdent();
    lines_.add(Tex("\\end{itemize}"), owner);
    marker_.list_end(owner);
  }

  // --- other items

  void write(const model::Publication& p) {
    marker_.unit(p.span);
    target(p.id);
    Tex authors;
    for (const auto& author : p.authors) {
      auto name = tex(author.name);
      if (author.me) name = command("\\textbf", name);
      authors = commas(authors, name + (author.equal ? Tex("*") : Tex()));
    }
    auto venue = p.venue_short.empty() ? tex(p.venue) : tex(p.venue_short);
    if (!p.venue_short.empty() && !p.venue.empty() && !p.venue.runs.front().href.empty()) venue = escaper_.link(p.venue.runs.front().href, venue);
    venue = commas(venue, tex(p.number));
    if (const auto status = words_.status[static_cast<std::size_t>(p.status)]; !status.empty()) {
      venue = venue.empty() ? escaper_.text(sentence(status)) : venue + Tex(" (") + escaper_.text(status) + Tex(")");
    }
    for (const auto& note : p.notes) venue = join(Tex(". "), venue, tex(note));
    auto addresses = links(p.links);
    if (!p.doi.empty()) addresses = join(Tex(" "), addresses, command("\\cvlink", Escaper::url("https://doi.org/" + p.doi.value), Tex("doi:") + tex(p.doi)));
    if (!p.arxiv.empty()) addresses = join(Tex(" "), addresses, command("\\cvlink", Escaper::url("https://arxiv.org/abs/" + p.arxiv.value), Tex("arXiv:") + tex(p.arxiv)));
    lines_.add(command("\\cvpublication", dates(p.date)), p.span);
    lines_.indent();
    lines_.add(Tex("{") + tex(p.title) + Tex("}"), p.title.span);
    lines_.add(Tex("{") + authors + Tex("}"), p.span);
    lines_.add(Tex("{") + venue + Tex("}"), p.venue.span);
    lines_.add(Tex("{") + addresses + Tex("}"), p.span);
    lines_.outdent();
  }

  void write(const model::Group& group) {
    marker_.unit(group.span);
    target(group.id);
    Tex things;
    for (const auto& item : group.items) {
      auto thing = tex(item.text);
      const auto extra = commas(tex(item.level), dates(item.dates));
      if (!extra.empty()) thing += Tex(" (") + extra + Tex(")");
      things = commas(things, thing);
    }
    lines_.add(command("\\cvitem", tex(group.label), things), group.span);
  }

  void write(const model::Reference& r) {
    marker_.unit(r.span);
    target(r.id);
    Tex contact;
    for (const auto& email : r.emails) contact = commas(contact, escaper_.link("mailto:" + email.value, tex(email)));
    for (const auto& phone : r.phones) contact = commas(contact, command("\\mbox", tex(phone)));
    const auto name = join(Tex(" "), tex(r.name), links(r.links));
    lines_.add(command("\\cvreference", name, commas(tex(r.title), tex(r.organization)), contact, tex(r.description)), r.span);
  }

  void write(const model::Paragraph& paragraph) {
    marker_.unit(paragraph.text.span);
    target(paragraph.id);
    lines_.add(command("\\cvparagraph", tex(paragraph.text)), paragraph.text.span);
  }

  void write(const model::Highlight& highlight) {
    marker_.unit(highlight.span);
    lines_.add(Tex("\\cvlistitem{") + tex(highlight.text), highlight.span);
    if (!highlight.children.empty()) {
      lines_.indent();
      bullets(highlight.children, highlight.span);
      lines_.outdent();
    }
    lines_.append(Tex("}"));
  }

  const model::Cv& cv_;
  const std::vector<const model::Section*>& sections_;
  const model::Words& words_;
  Escaper& escaper_;
  Lines lines_;
  Marker marker_;
};

}  // namespace

Lines body(const model::Cv& cv, const std::vector<const model::Section*>& sections, Escaper& escaper, const Marks* marks, bool last) {
  return BodyWriter(cv, sections, escaper, marks).run(last);
}

}  // namespace cvgen::latex
