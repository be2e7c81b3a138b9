#include "model/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cvgen::model {
namespace {

constexpr Words table[] = {
    {"en", {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
     {"Spring", "Summer", "Fall", "Winter"}, "present", "expected", "Curriculum Vitae", "advised by", "Thesis", "valid until", "and", "",
     {"“", "”", "‘", "’"}, {"", "to appear", "in press", "under review", "in preparation", "preprint", "filed", "granted"}},
    {"de", {"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."},
     {"Frühjahr", "Sommer", "Herbst", "Winter"}, "heute", "voraussichtlich", "Lebenslauf", "betreut von", "Abschlussarbeit", "gültig bis", "und", ".",
     {"„", "“", "‚", "‘"}, {"", "angenommen", "im Druck", "in Begutachtung", "in Vorbereitung", "Preprint", "angemeldet", "erteilt"}},
    {"fr", {"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."},
     {"printemps", "été", "automne", "hiver"}, "aujourd’hui", "prévu", "Curriculum vitæ", "sous la direction de", "Thèse", "valable jusqu’au", "et", "",
     {"«\u00A0", "\u00A0»", "“", "”"}, {"", "à paraître", "sous presse", "en cours d’évaluation", "en préparation", "prépublication", "déposé", "délivré"}},
    {"es", {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"},
     {"Primavera", "Verano", "Otoño", "Invierno"}, "actualidad", "previsto", "Currículum vítae", "dirigido por", "Tesis", "válido hasta", "y", "",
     {"«", "»", "“", "”"}, {"", "aceptado", "en prensa", "en revisión", "en preparación", "prepublicación", "solicitada", "concedida"}},
    {"it", {"gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"},
     {"Primavera", "Estate", "Autunno", "Inverno"}, "oggi", "previsto", "Curriculum vitae", "relatore:", "Tesi", "valido fino a", "e", "",
     {"«", "»", "“", "”"}, {"", "accettato", "in corso di stampa", "in revisione", "in preparazione", "preprint", "depositato", "concesso"}},
    {"pt", {"jan.", "fev.", "mar.", "abr.", "mai.", "jun.", "jul.", "ago.", "set.", "out.", "nov.", "dez."},
     {"Primavera", "Verão", "Outono", "Inverno"}, "presente", "previsto", "Curriculum vitae", "orientação de", "Tese", "válido até", "e", "",
     {"“", "”", "‘", "’"}, {"", "aceite", "no prelo", "em revisão", "em preparação", "preprint", "depositada", "concedida"}},
    {"nl", {"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"},
     {"Voorjaar", "Zomer", "Najaar", "Winter"}, "heden", "verwacht", "Curriculum vitae", "begeleid door", "Proefschrift", "geldig tot", "en", "",
     {"‘", "’", "“", "”"}, {"", "geaccepteerd", "in druk", "in beoordeling", "in voorbereiding", "preprint", "aangevraagd", "verleend"}},
};

struct Titles {
  std::string_view kind;
  std::array<std::string_view, 7> titles;  // by Language
};

constexpr Titles section_titles[] = {
    {"summary", {"Summary", "Profil", "Profil", "Perfil", "Profilo", "Perfil", "Profiel"}},
    {"education", {"Education", "Ausbildung", "Formation", "Formación", "Formazione", "Formação", "Opleiding"}},
    {"experience", {"Experience", "Berufserfahrung", "Expérience professionnelle", "Experiencia profesional", "Esperienza professionale", "Experiência profissional", "Werkervaring"}},
    {"projects", {"Projects", "Projekte", "Projets", "Proyectos", "Progetti", "Projetos", "Projecten"}},
    {"publications", {"Publications", "Publikationen", "Publications", "Publicaciones", "Pubblicazioni", "Publicações", "Publicaties"}},
    {"awards", {"Awards", "Auszeichnungen", "Distinctions", "Premios", "Premi", "Prémios", "Onderscheidingen"}},
    {"talks", {"Talks", "Vorträge", "Conférences", "Conferencias", "Presentazioni", "Apresentações", "Voordrachten"}},
    {"teaching", {"Teaching", "Lehre", "Enseignement", "Docencia", "Didattica", "Ensino", "Onderwijs"}},
    {"service", {"Service", "Akademische Selbstverwaltung", "Responsabilités collectives", "Servicio", "Servizio", "Serviço", "Dienstverlening"}},
    {"mentoring", {"Mentoring", "Betreuung", "Encadrement", "Tutorías", "Mentoring", "Orientação", "Begeleiding"}},
    {"skills", {"Skills", "Kenntnisse", "Compétences", "Competencias", "Competenze", "Competências", "Vaardigheden"}},
    {"languages", {"Languages", "Sprachen", "Langues", "Idiomas", "Lingue", "Línguas", "Talen"}},
    {"certifications", {"Certifications", "Zertifikate", "Certifications", "Certificaciones", "Certificazioni", "Certificações", "Certificaten"}},
    {"grants", {"Grants", "Drittmittel", "Financements", "Financiación", "Finanziamenti", "Financiamento", "Beurzen"}},
    {"patents", {"Patents", "Patente", "Brevets", "Patentes", "Brevetti", "Patentes", "Octrooien"}},
    {"memberships", {"Memberships", "Mitgliedschaften", "Affiliations", "Afiliaciones", "Affiliazioni", "Afiliações", "Lidmaatschappen"}},
    {"volunteering", {"Volunteering", "Ehrenamt", "Bénévolat", "Voluntariado", "Volontariato", "Voluntariado", "Vrijwilligerswerk"}},
    {"interests", {"Interests", "Interessen", "Centres d’intérêt", "Intereses", "Interessi", "Interesses", "Interesses"}},
    {"news", {"News", "Aktuelles", "Actualités", "Novedades", "Novità", "Novidades", "Nieuws"}},
    {"references", {"References", "Referenzen", "Références", "Referencias", "Referenze", "Referências", "Referenties"}},
};

}  // namespace

const Words& words(Language language) { return table[static_cast<std::size_t>(language)]; }

std::optional<Language> find_language(std::string_view code) {
  const auto found = std::find_if(std::begin(table), std::end(table), [&](const Words& w) { return w.code == code; });
  if (found == std::end(table)) return std::nullopt;
  return static_cast<Language>(found - std::begin(table));
}

std::string_view section_title(std::string_view kind, Language language) {
  const auto found = std::find_if(std::begin(section_titles), std::end(section_titles), [&](const Titles& t) { return t.kind == kind; });
  return found == std::end(section_titles) ? std::string_view() : found->titles[static_cast<std::size_t>(language)];
}

std::string format(const Date& date, Language language) {
  const auto& w = words(language);
  if (date.second_year) return fmt::format("{}/{}", date.year, *date.second_year);
  if (date.season) return fmt::format("{} {}", w.seasons[static_cast<std::size_t>(*date.season)], date.year);
  if (!date.month) return std::to_string(date.year);
  const auto month = fmt::format("{} {}", w.months[static_cast<std::size_t>(*date.month - 1)], date.year);
  return date.day ? fmt::format("{}{} {}", *date.day, w.day_suffix, month) : month;
}

std::string format(const Dates& dates, Language language) {
  const auto& w = words(language);
  std::string result = dates.from ? format(*dates.from, language) : "";
  std::string end;
  if (dates.present) end = w.present;
  else if (dates.to && dates.to != dates.from) end = format(*dates.to, language);
  if (!end.empty() && !result.empty()) result += " – ";
  result += end;
  if (dates.expected && !result.empty()) result += fmt::format(" ({})", w.expected);
  return result;
}

}  // namespace cvgen::model
