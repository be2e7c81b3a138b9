#include "model/words.hpp"
#include "write/latex/body.hpp"

namespace cvgen::latex {
namespace {

class LetterWriter {
 public:
  LetterWriter(const model::Cv& cv, Escaper& escaper) : cv_(cv), letter_(*cv.letter), escaper_(escaper) {}

  Lines run() {
    lines_.add(Tex("\\begin{cvletter}"), letter_.span);
    part(Tex("\\cvletterrecipient"), letter_.recipient);
    if (letter_.date.to) lines_.add(command("\\cvletterdate", escaper_.text(model::format_whole(*letter_.date.to, cv_.language))), letter_.date.to_span);
    part(Tex("\\cvlettersubject"), letter_.subject);
    part(Tex("\\cvletteropening"), letter_.opening);
    for (const auto& one : letter_.body) {
      if (const auto* paragraph = std::get_if<model::Text>(&one)) part(Tex("\\cvletterparagraph"), *paragraph);
      else list(std::get<std::vector<model::Highlight>>(one));
    }
    lines_.add(command("\\cvletterclosing", escaper_.text(letter_.closing), escaper_.text(whole_name(cv_.person, cv_.language))), letter_.closing.empty() ? letter_.span : letter_.closing.span);
    enclosures();
    lines_.add(Tex("\\end{cvletter}"), letter_.span);
    return std::move(lines_);
  }

 private:
  void part(const Tex& name, const model::Text& text) {
    if (!text.empty()) lines_.add(name + command("", escaper_.text(text)), text.span);
  }

  void list(const std::vector<model::Highlight>& highlights) {
    lines_.add(Tex("\\cvletterlist{%"), letter_.span);
    lines_.indent();
    bullets(highlights);
    lines_.outdent();
    lines_.append(Tex("}"));
  }

  void bullets(const std::vector<model::Highlight>& highlights) {
    if (highlights.empty()) return;
    lines_.add(Tex("\\begin{itemize}"), highlights.front().span);
    lines_.indent();
    for (const auto& highlight : highlights) {
      lines_.add(Tex("\\item ") + escaper_.text(highlight.text), highlight.span);
      bullets(highlight.children);
    }
    lines_.outdent();
    lines_.add(Tex("\\end{itemize}"), highlights.front().span);
  }

  void enclosures() {
    if (letter_.enclosures.empty()) return;
    Tex all;
    for (const auto& enclosure : letter_.enclosures) all += (all.empty() ? Tex() : escaper_.line_break()) + escaper_.text(enclosure);
    lines_.add(command("\\cvletterenclosures", escaper_.text(model::words(cv_.language).enclosures), all), letter_.enclosures.front().span);
  }

  const model::Cv& cv_;
  const model::Letter& letter_;
  Escaper& escaper_;
  Lines lines_;
};

}  // namespace

Lines letter(const model::Cv& cv, Escaper& escaper) { return LetterWriter(cv, escaper).run(); }

}  // namespace cvgen::latex
