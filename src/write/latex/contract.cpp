#include "write/latex/contract.hpp"

#include <fmt/format.h>

#include <string_view>

namespace cvgen::latex {
namespace {

struct Command {
  std::string_view name;
  std::vector<std::string_view> arguments;
};

// The commands of the body, in the order in which they make sense.
std::vector<Command> vocabulary() {
  return {{"cventry", {"dates", "title", "organization", "place", "detail", "description"}},
          {"cvemployer", {"dates", "organization", "place"}},
          {"cvrole", {"dates", "title", "detail", "description"}},
          {"cvdated", {"dates", "text"}},
          {"cvpublication", {"dates", "title", "authors", "venue", "links"}},
          {"cvitem", {"label", "text"}},
          {"cvreference", {"name", "position", "contact", "text"}},
          {"cvlistitem", {"text"}},
          {"cvparagraph", {"text"}}};
}

// Those of a letter, in their order.
std::vector<Command> letter_vocabulary() {
  return {{"cvletterrecipient", {"recipient"}}, {"cvletterdate", {"date"}}, {"cvlettersubject", {"subject"}}, {"cvletteropening", {"opening"}},
          {"cvletterparagraph", {"text"}}, {"cvletterlist", {"list"}}, {"cvletterclosing", {"closing", "name"}}, {"cvletterenclosures", {"label", "enclosures"}}};
}

class Writer {
 public:
  Contract run() {
    head();
    line("");
    for (const auto& command : vocabulary()) {
      line(fmt::format("\\cvanchor{{{}}}", command.name));
      line(fmt::format("\\section{{{}}}", value("section", false)));
      uses(command);
    }
    line("\\section{}");
    line(fmt::format("\\section{{{}}}", value("section", true)));
    line(fmt::format("\\cvparagraph{{A \\href{{https://example.org/?a=1&b=2}}{{{}}}, a \\cvlink{{https://example.org}}{{{}}}, a \\cvlink{{}}{{{}}}, a \\hyperlink{{cventry}}{{{}}}; \\textbf{{{}}} \\textit{{{}}} \\texttt{{{}}} x\\textsuperscript{{{}}} y\\textsubscript{{{}}}.}}",
                     word("link"), word("link"), word("link"), word("link"), word("bold"), word("italic"), word("code"), word("above"), word("below")));
    line(fmt::format("\\cvlistitem{{{} \\begin{{itemize}} \\item {} \\begin{{itemize}} \\item {} \\end{{itemize}} \\item {} \\end{{itemize}}}}", value("point", false), value("point", true), value("point", true), value("point", false)));
    line("\\begin{cvletter}");
    for (const auto& command : letter_vocabulary()) uses(command);
    line("\\end{cvletter}");
    return std::move(contract_);
  }

 private:
  void line(std::string text) {
    contract_.text += text + "\n";
    ++number_;
  }

  // One that occurs nowhere else; the next line prints it.
  std::string word(std::string_view kind) {
    contract_.words.push_back({fmt::format("{}{}", kind, ++count_), number_ + 1});
    return contract_.words.back().word;
  }

  std::string value(std::string_view argument, bool long_one) {
    constexpr std::string_view much = "a text that goes on for more than one line, with words such as internationalization, so that it has to wrap wherever it stands, and ends with ";
    if (argument == "dates") return (long_one ? "September 2019 – December 2024 (" : "May 2019 – ") + word("end") + (long_one ? ")" : "");
    if (argument == "description") {
      const auto paragraph = (long_one ? std::string(much) : "A ") + word("paragraph") + ".\\par ";
      return paragraph + "\\begin{itemize} \\item " + value("point", long_one) + ". \\item " + value("point", false) + ". \\end{itemize}";
    }
    if (argument == "list") return "\\begin{itemize} \\item " + value("point", long_one) + ". \\item " + value("point", false) + ". \\end{itemize}";
    if (argument == "links") return "\\cvlink{https://example.org/a\\%20b}{" + word("link") + "} \\cvlink{https://example.org/\\#x}{Code}";
    if (argument == "contact") return "\\href{mailto:a@example.org}{" + word("contact") + "@example.org}";
    return (long_one ? std::string(much) : "Some ") + word(argument);
  }

  // All empty, all full, all long; one empty, the others full; one full, the others empty.
  void uses(const Command& command) {
    const auto n = command.arguments.size();
    use(command, [](std::size_t) { return true; }, false);
    use(command, [](std::size_t) { return false; }, false);
    for (std::size_t one = 0; n > 1 && one < n; ++one) use(command, [&](std::size_t i) { return i != one; }, false);
    for (std::size_t one = 0; n > 2 && one < n; ++one) use(command, [&](std::size_t i) { return i == one; }, false);
    use(command, [](std::size_t) { return true; }, true);
  }

  template <class Full>
  void use(const Command& command, Full full, bool long_one) {
    auto text = fmt::format("\\{}", command.name);
    for (std::size_t i = 0; i < command.arguments.size(); ++i) text += "{" + (full(i) ? value(command.arguments[i], long_one) : std::string()) + "}";
    line(std::move(text));
  }

  void head() {
    const auto given = word("Given");
    line("\\name{" + given + "}{" + word("Family") + "}");
    line("\\title{" + value("headline", true) + "}");
    line("\\address{" + value("address", false) + "}");
    line("\\photo{photo.png}");
    for (const std::string_view kind : {"email", "mobile", "phone", "fax", "homepage", "github", "linkedin", "orcid", "googlescholar", "matrix"}) {
      line(fmt::format("\\cvcontact{{{}}}{{https://example.org/\\%7E\\#{}}}{{{}}}", kind, kind, word(kind)));
    }
    line("\\cvcontact{homepage}{}{" + word("page") + "}");
    line("\\cvcontact{}{}{}");
    line("\\cvcontact{email}{mailto:x}{a.rather.long.address@department." + word("example") + ".org}");
  }

  Contract contract_;
  std::size_t number_ = 0;
  int count_ = 100;
};

}  // namespace

Contract contract() { return Writer().run(); }

Document contract_document(const diag::Sources& sources, std::uint32_t source, const model::Template& look, const model::ResolvedSettings& settings) {
  Lines parts[2];
  std::size_t part = 0;
  const auto& file = sources.file(source);
  for (std::uint32_t number = 1; number <= file.line_count(); ++number) {
    const auto line = file.line(number);
    const auto start = file.line_start(number);
    if (line.empty() && part == 0) ++part;
    else parts[part].add(trusted(std::string(line)), {source, start, start + static_cast<std::uint32_t>(line.size())});
  }
  return document(parts[0], parts[1], look, settings);
}

}  // namespace cvgen::latex
