#include "model/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cvgen::model {
namespace {

constexpr std::string_view usual_month = "{month} {year}";
constexpr std::string_view usual_day = "{day} {month} {year}";

constexpr Words table[] = {
    {"en", {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
     {"Spring", "Summer", "Fall", "Winter"}, "present", "expected", "Curriculum Vitae", "advised by", "Thesis", "valid until", "and", "Enclosures", usual_month, usual_day,
     {"“", "”", "‘", "’"}, {"", "to appear", "in press", "under review", "in preparation", "preprint", "filed", "granted"}},
    {"de", {"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."},
     {"Frühjahr", "Sommer", "Herbst", "Winter"}, "heute", "voraussichtlich", "Lebenslauf", "betreut von", "Abschlussarbeit", "gültig bis", "und", "Anlagen", usual_month, "{day}. {month} {year}",
     {"„", "“", "‚", "‘"}, {"", "angenommen", "im Druck", "in Begutachtung", "in Vorbereitung", "Preprint", "angemeldet", "erteilt"}},
    {"fr", {"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."},
     {"printemps", "été", "automne", "hiver"}, "aujourd’hui", "prévu", "Curriculum vitæ", "sous la direction de", "Thèse", "valable jusqu’au", "et", "Pièces jointes", usual_month, usual_day,
     {"«\u00A0", "\u00A0»", "“", "”"}, {"", "à paraître", "sous presse", "en cours d’évaluation", "en préparation", "prépublication", "déposé", "délivré"}},
    {"es", {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"},
     {"Primavera", "Verano", "Otoño", "Invierno"}, "actualidad", "previsto", "Currículum vítae", "dirigido por", "Tesis", "válido hasta", "y", "Anexos", usual_month, usual_day,
     {"«", "»", "“", "”"}, {"", "aceptado", "en prensa", "en revisión", "en preparación", "prepublicación", "solicitada", "concedida"}},
    {"it", {"gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"},
     {"Primavera", "Estate", "Autunno", "Inverno"}, "oggi", "previsto", "Curriculum vitae", "relatore:", "Tesi", "valido fino a", "e", "Allegati", usual_month, usual_day,
     {"«", "»", "“", "”"}, {"", "accettato", "in corso di stampa", "in revisione", "in preparazione", "preprint", "depositato", "concesso"}},
    {"pt", {"jan.", "fev.", "mar.", "abr.", "mai.", "jun.", "jul.", "ago.", "set.", "out.", "nov.", "dez."},
     {"Primavera", "Verão", "Outono", "Inverno"}, "presente", "previsto", "Curriculum vitae", "orientação de", "Tese", "válido até", "e", "Anexos", usual_month, usual_day,
     {"“", "”", "‘", "’"}, {"", "aceite", "no prelo", "em revisão", "em preparação", "preprint", "depositada", "concedida"}},
    {"nl", {"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"},
     {"Voorjaar", "Zomer", "Najaar", "Winter"}, "heden", "verwacht", "Curriculum vitae", "begeleid door", "Proefschrift", "geldig tot", "en", "Bijlagen", usual_month, usual_day,
     {"‘", "’", "“", "”"}, {"", "geaccepteerd", "in druk", "in beoordeling", "in voorbereiding", "preprint", "aangevraagd", "verleend"}},
    {"el", {"Ιαν", "Φεβ", "Μαρ", "Απρ", "Μαΐ", "Ιουν", "Ιουλ", "Αυγ", "Σεπ", "Οκτ", "Νοε", "Δεκ"},
     {"Άνοιξη", "Καλοκαίρι", "Φθινόπωρο", "Χειμώνας"}, "σήμερα", "αναμένεται", "Βιογραφικό σημείωμα", "επίβλεψη:", "Διατριβή", "ισχύει έως", "και",
     "Συνημμένα", usual_month, usual_day, {"«", "»", "“", "”"}, {"", "υπό δημοσίευση", "υπό έκδοση", "υπό κρίση", "υπό προετοιμασία", "προδημοσίευση", "κατατεθειμένο", "χορηγηθέν"}},
    {"ru", {"янв.", "февр.", "март", "апр.", "май", "июнь", "июль", "авг.", "сент.", "окт.", "нояб.", "дек."},
     {"Весна", "Лето", "Осень", "Зима"}, "настоящее время", "ожидается", "Резюме", "научный руководитель:", "Диссертация", "действительно до", "и",
     "Приложения", usual_month, "{day:02}.{number:02}.{year}", {"«", "»", "„", "“"}, {"", "принято к печати", "в печати", "на рецензировании", "готовится", "препринт", "заявка подана", "патент выдан"}},
    {"uk", {"січ.", "лют.", "бер.", "квіт.", "трав.", "черв.", "лип.", "серп.", "вер.", "жовт.", "лист.", "груд."},
     {"Весна", "Літо", "Осінь", "Зима"}, "дотепер", "очікується", "Резюме", "науковий керівник:", "Дисертація", "дійсно до", "і",
     "Додатки", usual_month, "{day:02}.{number:02}.{year}", {"«", "»", "„", "“"}, {"", "прийнято до друку", "у друці", "на рецензуванні", "готується", "препринт", "заявку подано", "патент видано"}},
    {"zh", {"1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"},
     {"春季", "夏季", "秋季", "冬季"}, "至今", "预计", "个人简历", "导师：", "论文", "有效期至", "和",
     "附件", "{year}年{month}", "{year}年{month}{day}日", {"“", "”", "‘", "’"}, {"", "已录用", "待刊", "审稿中", "撰写中", "预印本", "已申请", "已授权"}},
    {"ja", {"1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"},
     {"春", "夏", "秋", "冬"}, "現在", "予定", "履歴書", "指導教員：", "論文", "有効期限", "と",
     "同封書類", "{year}年{month}", "{year}年{month}{day}日", {"「", "」", "『", "』"}, {"", "採択済み", "印刷中", "査読中", "準備中", "プレプリント", "出願中", "登録済み"}},
    {"ko", {"1월", "2월", "3월", "4월", "5월", "6월", "7월", "8월", "9월", "10월", "11월", "12월"},
     {"봄", "여름", "가을", "겨울"}, "현재", "예정", "이력서", "지도교수:", "논문", "유효 기간", "및",
     "첨부", "{year}년 {month}", "{year}년 {month} {day}일", {"“", "”", "‘", "’"}, {"", "게재 확정", "인쇄 중", "심사 중", "준비 중", "프리프린트", "출원", "등록"}},
    {"he", {"ינו׳", "פבר׳", "מרץ", "אפר׳", "מאי", "יוני", "יולי", "אוג׳", "ספט׳", "אוק׳", "נוב׳", "דצמ׳"},
     {"אביב", "קיץ", "סתיו", "חורף"}, "היום", "צפוי", "קורות חיים", "בהנחיית", "תזה", "בתוקף עד", "וגם",
     "נספחים", usual_month, "{day} ב{month} {year}", {"”", "”", "’", "’"}, {"", "התקבל לפרסום", "בדפוס", "בשיפוט", "בהכנה", "טרום־פרסום", "הוגש", "אושר"}},
    {"ar", {"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
     {"ربيع", "صيف", "خريف", "شتاء"}, "الآن", "متوقع", "السيرة الذاتية", "بإشراف", "الأطروحة", "سارية حتى", "و",
     "المرفقات", usual_month, usual_day, {"”", "“", "’", "‘"}, {"", "مقبول للنشر", "قيد الطبع", "قيد التحكيم", "قيد الإعداد", "نسخة أولية", "مقدم", "ممنوح"}},
    {"hi", {"जन॰", "फ़र॰", "मार्च", "अप्रैल", "मई", "जून", "जुल॰", "अग॰", "सित॰", "अक्तू॰", "नव॰", "दिस॰"},
     {"वसंत", "ग्रीष्म", "शरद", "शीत"}, "वर्तमान", "अपेक्षित", "जीवन-वृत्त", "मार्गदर्शक:", "शोध-प्रबंध", "मान्यता तिथि", "और",
     "संलग्नक", usual_month, usual_day, {"“", "”", "‘", "’"}, {"", "प्रकाशनार्थ स्वीकृत", "मुद्रणाधीन", "समीक्षाधीन", "तैयारी में", "प्रीप्रिंट", "आवेदित", "अनुदत्त"}},
};

// Of dates in a letter, where they differ from those above: whole names of months, in the case that goes with a day.
struct WholeDate {
  Language language;
  std::array<std::string_view, 12> months;
  std::string_view day_month_year;
};

constexpr WholeDate whole_dates[] = {
    {Language::en, {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}, usual_day},
    {Language::de, {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}, "{day}. {month} {year}"},
    {Language::fr, {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}, usual_day},
    {Language::es, {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"}, "{day} de {month} de {year}"},
    {Language::it, {"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"}, usual_day},
    {Language::pt, {"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"}, "{day} de {month} de {year}"},
    {Language::nl, {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}, usual_day},
    {Language::el, {"Ιανουαρίου", "Φεβρουαρίου", "Μαρτίου", "Απριλίου", "Μαΐου", "Ιουνίου", "Ιουλίου", "Αυγούστου", "Σεπτεμβρίου", "Οκτωβρίου", "Νοεμβρίου", "Δεκεμβρίου"}, usual_day},
    {Language::ru, {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"}, "{day} {month} {year} г."},
    {Language::uk, {"січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада", "грудня"}, "{day} {month} {year} р."},
    {Language::he, {"ינואר", "פברואר", "מרץ", "אפריל", "מאי", "יוני", "יולי", "אוגוסט", "ספטמבר", "אוקטובר", "נובמבר", "דצמבר"}, "{day} ב{month} {year}"},
    {Language::hi, {"जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्तूबर", "नवंबर", "दिसंबर"}, usual_day},
};

struct Titles {
  std::string_view kind;
  std::array<std::string_view, std::size(table)> titles;  // by Language
};

constexpr Titles section_titles[] = {
    {"summary", {"Summary", "Profil", "Profil", "Perfil", "Profilo", "Perfil", "Profiel",
        "Περίληψη", "О себе", "Про себе", "个人简介", "概要", "소개", "תמצית", "نبذة", "सारांश"}},
    {"education", {"Education", "Ausbildung", "Formation", "Formación", "Formazione", "Formação", "Opleiding",
        "Εκπαίδευση", "Образование", "Освіта", "教育背景", "学歴", "학력", "השכלה", "التعليم", "शिक्षा"}},
    {"experience", {"Experience", "Berufserfahrung", "Expérience professionnelle", "Experiencia profesional", "Esperienza professionale", "Experiência profissional", "Werkervaring",
        "Επαγγελματική εμπειρία", "Опыт работы", "Досвід роботи", "工作经历", "職歴", "경력", "ניסיון תעסוקתי", "الخبرات", "अनुभव"}},
    {"projects", {"Projects", "Projekte", "Projets", "Proyectos", "Progetti", "Projetos", "Projecten",
        "Έργα", "Проекты", "Проєкти", "项目经历", "プロジェクト", "프로젝트", "פרויקטים", "المشاريع", "परियोजनाएँ"}},
    {"publications", {"Publications", "Publikationen", "Publications", "Publicaciones", "Pubblicazioni", "Publicações", "Publicaties",
        "Δημοσιεύσεις", "Публикации", "Публікації", "发表论文", "業績", "논문", "פרסומים", "المنشورات", "प्रकाशन"}},
    {"awards", {"Awards", "Auszeichnungen", "Distinctions", "Premios", "Premi", "Prémios", "Onderscheidingen",
        "Διακρίσεις", "Награды", "Нагороди", "获奖情况", "受賞", "수상", "פרסים", "الجوائز", "पुरस्कार"}},
    {"talks", {"Talks", "Vorträge", "Conférences", "Conferencias", "Presentazioni", "Apresentações", "Voordrachten",
        "Ομιλίες", "Доклады", "Доповіді", "学术报告", "講演", "발표", "הרצאות", "المحاضرات", "व्याख्यान"}},
    {"teaching", {"Teaching", "Lehre", "Enseignement", "Docencia", "Didattica", "Ensino", "Onderwijs",
        "Διδασκαλία", "Преподавание", "Викладання", "教学经历", "教育経験", "강의", "הוראה", "التدريس", "अध्यापन"}},
    {"service", {"Service", "Akademische Selbstverwaltung", "Responsabilités collectives", "Servicio", "Servizio", "Serviço", "Dienstverlening",
        "Ακαδημαϊκό έργο", "Общественная работа", "Громадська робота", "学术服务", "学会活動", "학술 봉사", "שירות אקדמי", "الخدمة الأكاديمية", "अकादमिक सेवा"}},
    {"mentoring", {"Mentoring", "Betreuung", "Encadrement", "Tutorías", "Mentoring", "Orientação", "Begeleiding",
        "Καθοδήγηση", "Наставничество", "Наставництво", "指导学生", "学生指導", "멘토링", "חניכה", "الإشراف", "मार्गदर्शन"}},
    {"skills", {"Skills", "Kenntnisse", "Compétences", "Competencias", "Competenze", "Competências", "Vaardigheden",
        "Δεξιότητες", "Навыки", "Навички", "专业技能", "スキル", "기술", "כישורים", "المهارات", "कौशल"}},
    {"languages", {"Languages", "Sprachen", "Langues", "Idiomas", "Lingue", "Línguas", "Talen",
        "Γλώσσες", "Языки", "Мови", "语言能力", "語学", "언어", "שפות", "اللغات", "भाषाएँ"}},
    {"certifications", {"Certifications", "Zertifikate", "Certifications", "Certificaciones", "Certificazioni", "Certificações", "Certificaten",
        "Πιστοποιήσεις", "Сертификаты", "Сертифікати", "资格证书", "資格", "자격증", "הסמכות", "الشهادات", "प्रमाणपत्र"}},
    {"grants", {"Grants", "Drittmittel", "Financements", "Financiación", "Finanziamenti", "Financiamento", "Beurzen",
        "Χρηματοδοτήσεις", "Гранты", "Гранти", "科研基金", "研究費", "연구비", "מענקי מחקר", "المنح", "अनुदान"}},
    {"patents", {"Patents", "Patente", "Brevets", "Patentes", "Brevetti", "Patentes", "Octrooien",
        "Διπλώματα ευρεσιτεχνίας", "Патенты", "Патенти", "专利", "特許", "특허", "פטנטים", "براءات الاختراع", "पेटेंट"}},
    {"memberships", {"Memberships", "Mitgliedschaften", "Affiliations", "Afiliaciones", "Affiliazioni", "Afiliações", "Lidmaatschappen",
        "Μέλος ενώσεων", "Членство в организациях", "Членство в організаціях", "学会会员", "所属学会", "학회 활동", "חברות בארגונים", "العضويات", "सदस्यताएँ"}},
    {"volunteering", {"Volunteering", "Ehrenamt", "Bénévolat", "Voluntariado", "Volontariato", "Voluntariado", "Vrijwilligerswerk",
        "Εθελοντισμός", "Волонтерство", "Волонтерство", "志愿服务", "ボランティア活動", "봉사 활동", "התנדבות", "العمل التطوعي", "स्वयंसेवा"}},
    {"interests", {"Interests", "Interessen", "Centres d’intérêt", "Intereses", "Interessi", "Interesses", "Interesses",
        "Ενδιαφέροντα", "Интересы", "Інтереси", "兴趣爱好", "趣味", "관심사", "תחומי עניין", "الاهتمامات", "रुचियाँ"}},
    {"news", {"News", "Aktuelles", "Actualités", "Novedades", "Novità", "Novidades", "Nieuws",
        "Νέα", "Новости", "Новини", "近期动态", "お知らせ", "소식", "חדשות", "الأخبار", "समाचार"}},
    {"references", {"References", "Referenzen", "Références", "Referencias", "Referenze", "Referências", "Referenties",
        "Συστάσεις", "Рекомендации", "Рекомендації", "推荐人", "推薦者", "추천인", "ממליצים", "المراجع", "संदर्भ"}},
};

}  // namespace

const Words& words(Language language) { return table[static_cast<std::size_t>(language)]; }

std::optional<Language> find_language(std::string_view code) {
  const auto found = std::find_if(std::begin(table), std::end(table), [&](const Words& w) { return w.code == code; });
  if (found == std::end(table)) return std::nullopt;
  return static_cast<Language>(found - std::begin(table));
}

bool is_right_to_left(Language language) { return language == Language::he || language == Language::ar; }

std::string_view section_title(std::string_view kind, Language language) {
  const auto found = std::find_if(std::begin(section_titles), std::end(section_titles), [&](const Titles& t) { return t.kind == kind; });
  return found == std::end(section_titles) ? std::string_view() : found->titles[static_cast<std::size_t>(language)];
}

std::string format(const Date& date, Language language) {
  const auto& w = words(language);
  if (date.second_year) return fmt::format("{}/{}", date.year, *date.second_year);
  if (!date.season && !date.month) return std::to_string(date.year);
  const auto name = date.season ? w.seasons[static_cast<std::size_t>(*date.season)] : w.months[static_cast<std::size_t>(*date.month - 1)];
  return fmt::format(fmt::runtime(date.day ? w.day_month_year : w.month_year), fmt::arg("year", date.year), fmt::arg("month", name),
                     fmt::arg("number", date.month.value_or(0)), fmt::arg("day", date.day.value_or(0)));
}

std::string format_whole(const Date& date, Language language) {
  const auto found = std::find_if(std::begin(whole_dates), std::end(whole_dates), [&](const WholeDate& w) { return w.language == language; });
  if (!date.day || found == std::end(whole_dates)) return format(date, language);
  return fmt::format(fmt::runtime(found->day_month_year), fmt::arg("year", date.year), fmt::arg("month", found->months[static_cast<std::size_t>(*date.month - 1)]), fmt::arg("day", *date.day));
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
