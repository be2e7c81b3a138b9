#include "cli/options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options.hpp>

#include "cli/exit.hpp"
#include "text/similar.hpp"

namespace cvgen::cli {
namespace {

namespace po = boost::program_options;

constexpr Option common[] = {
    {"help", 'h', "", "print this help"},
    {"color", 0, "WHEN", "auto, always or never; auto heeds NO_COLOR"},
    {"diagnostics", 0, "FORM", "human, short, json (one object a line) or sarif (for code hosts)"},
    {"quiet", 'q', "", "say nothing but diagnostics; goes before -v"},
    {"verbose", 'v', "", "say what is done"},
};

constexpr Option template_dir = {"template-dir", 0, "DIR", "a folder with templates of your own, instead of ~/.config/cvgen/templates"};

constexpr Option render_options[] = {
    {"output", 'o', "FILE", "where to; the ending says the format (.pdf, .tex, .png); - is standard output; a folder if several"},
    {"variant", 0, "NAME", "a variant of the CV; may be given again", true},
    {"all-variants", 0, "", "every variant, each to a file of its own"},
    {"letter", 0, "[NAME]", "a letter of the CV instead of the CV itself; `letter`, the one without a name, if not said", false, "letter"},
    {"date", 0, "YYYY-MM-DD", "the date of the letter, instead of its own"},
    {"to", 0, "FORMAT", "pdf, tex or png, whatever the ending"},
    {"dpi", 0, "N", "dots per inch of PNGs, 150 if not given"},
    {"template", 0, "NAME", "the look, instead of the file's own"},
    template_dir,
    {"set", 0, "KEY=VALUE", "a setting of the template, over the file's own; may be given again", true},
    {"engine", 0, "NAME", "pdflatex, lualatex (for every script), or auto: lualatex where pdflatex can't"},
    {"pages", 0, "N", "at most N pages: tighten, then leave out what weighs least; over the variant's own"},
    {"fill", 0, "", "more space between entries, as much as fits on as many pages"},
    {"report", 0, "FORM", "what was left out and tightened: text or json (one object a line)"},
    {"check", 0, "", "read the PDF back and report what parsers would lose or misread"},
    {"dry-run", 0, "", "report pages and what would be left out, and write nothing"},
    {"watch", 0, "", "render again whenever a file of the CV is saved, until Control-C"},
    {"files-from", 0, "FILE", "more CVs, from a list of names, one a line or ended by NUL; - is standard input"},
    {"jobs", 'j', "N", "so many documents at the same time; as many as there are processors if not said"},
    {"force", 0, "", "render even if the PDF is up to date"},
    {"depfile", 0, "FILE", "write what the documents are made of there, for Make and Ninja"},
    {"strict", 0, "", "treat warnings as errors"},
};

constexpr Option check_options[] = {
    {"against", 0, "CV", "the CV that the PDF was made of"},
    {"variant", 0, "NAME", "the variant that it shows; the first if not said"},
    {"strict", 0, "", "treat warnings as errors"},
};

constexpr Option validate_options[] = {
    {"fix", 0, "", "first cure in the file what can only be meant in one way"},
    template_dir,
    {"strict", 0, "", "treat warnings as errors"},
};

constexpr Option list_options[] = {template_dir};
constexpr Option check_template_options[] = {template_dir};

constexpr Option init_template_options[] = {
    {"from", 0, "NAME", "the template to copy"},
    template_dir,
};

constexpr Option doctor_options[] = {
    {"warm", 0, "", "put the templates, or those of the CVs named, into the cache: for fast renders"},
};

constexpr Command table[] = {
    {"render", "turn CVs into PDFs or LaTeX documents", "CV... [-o FILE]", "a CV file, or several",
     "  cvgen render cv.xml                       writes cv.pdf\n"
     "  cvgen render cv.xml -o out/ada.pdf        writes there\n"
     "  cvgen render cv.xml -o cv.tex             the LaTeX source, to read and edit\n"
     "  cvgen render cv.xml -o cv.png             a picture; of several pages cv-1.png, cv-2.png, ...\n"
     "  cvgen render cv.xml --set style=classic --set color=green\n"
     "  cvgen render cv.xml --variant short       writes cv-short.pdf\n"
     "  cvgen render cv.xml --all-variants -o out/\n"
     "  cvgen render cv.xml --pages 1             what fits on one page\n"
     "  cvgen render cv.xml --letter              a letter, as cv-letter.pdf\n"
     "  cvgen render cv.xml --letter acme         the one of that name, as cv-acme.pdf\n"
     "  cvgen render - -o - < cv.xml > cv.pdf     as a filter\n"
     "  cvgen render cv.xml --watch               again at each save\n"
     "  cvgen render staff/*.xml -o out/          all of them, the bad ones reported\n"
     "  find staff -name '*.xml' | cvgen render --files-from - -o out/\n",
     render_options, 1, -1, "files-from"},
    {"validate", "check CVs and report every fault", "CV...", "a CV file, or several",
     "  cvgen validate cv.xml\n"
     "  cvgen validate --diagnostics=short *.xml\n"
     "  cvgen validate --fix cv.xml               corrects sure slips in the file itself\n"
     "  cvgen validate --diagnostics=sarif cv.xml 2> cv.sarif\n",
     validate_options, 1, -1},
    {"check", "compare the text of a PDF, as parsers read it, with its CV", "PDF --against CV", "a PDF",
     "  cvgen check cv.pdf --against cv.xml\n"
     "  cvgen check cv-short.pdf --against cv.xml --variant short\n"
     "  cvgen render cv.xml --check               the same at the end of a render\n",
     check_options, 1, 1},
    {"explain", "tell about a diagnostic code or an element", "CODE | ELEMENT", "a code or an element",
     "  cvgen explain E0201\n"
     "  cvgen explain publication\n",
     {}, 1, 1},
    {"schema", "print the XML schema of CVs, or of template.xml", "[template]", "",
     "  cvgen schema > cv.xsd                     for your editor\n"
     "  cvgen schema template > template.xsd      for template.xml\n",
     {}, 0, 1},
    {"list", "list templates, settings, styles, variants, letters, sections, networks or codes", "WHAT [TEMPLATE | CV]",
     "a word: templates, settings, styles, variants, letters, sections, networks or codes",
     "  cvgen list templates\n"
     "  cvgen list settings                       of the default template\n"
     "  cvgen list variants cv.xml\n"
     "  cvgen list sections\n",
     list_options, 1, 2},
    {"init-template", "copy a template into a folder, to make it your own", "NAME [--from NAME]", "a name",
     "  cvgen init-template mine\n"
     "  cvgen init-template mine --from moderncv --template-dir looks\n"
     "  cvgen render cv.xml --template mine --template-dir looks\n",
     init_template_options, 1, 1},
    {"check-template", "set everything that a CV can have in a template, and report what fails", "NAME", "the name of a template",
     "  cvgen check-template mine\n"
     "  cvgen check-template mine --template-dir looks\n",
     check_template_options, 1, 1},
    {"doctor", "tell whether all that rendering needs is there", "[CV...]", "",
     "  cvgen doctor\n"
     "  cvgen doctor --warm                       and make all renders fast, from the first one on\n"
     "  cvgen doctor --warm cv.xml                or with the templates and settings of this CV\n",
     doctor_options, 0, -1},
    {"cache", "show or clear what makes rendering fast", "[clear]", "",
     "  cvgen cache                               where it is, and how large\n"
     "  cvgen cache clear                         removes all that is in it; it comes back by itself\n",
     {}, 0, 1},
    {"help", "print help, on a command if one is named", "[COMMAND]", "",
     "  cvgen help render\n",
     {}, 0, 1},
};

std::string spelled(const Option& option) { return option.letter != 0 ? fmt::format("-{}, --{}", option.letter, option.name) : fmt::format("    --{}", option.name); }

std::string option_lines(std::span<const Option> options) {
  std::string result;
  for (const auto& option : options) {
    const auto left = spelled(option) + (option.argument.empty() ? "" : " " + std::string(option.argument));
    result += fmt::format("  {:<25} {}\n", left, option.help);
  }
  return result;
}

std::vector<Option> options_of(const Command& command) {
  std::vector<Option> result(command.options.begin(), command.options.end());
  result.insert(result.end(), std::begin(common), std::end(common));
  return result;
}

[[noreturn]] void unknown_option(const Command& command, const std::string& given) {
  const auto name = given.starts_with("--=") ? given : given.substr(0, given.find('='));
  const auto advice = fmt::format("`cvgen help {}` shows its options", command.name);
  std::vector<std::string> names;
  for (const auto& option : options_of(command)) names.push_back("--" + std::string(option.name));
  // Abbreviations are not taken, but understood.
  const auto whole = std::find_if(names.begin(), names.end(), [&](const std::string& n) { return name.size() > 3 && n.starts_with(name); });
  if (whole != names.end()) throw UsageError(fmt::format("`cvgen {}` has no option `{}`", command.name, name), fmt::format("write it in full: `{}`", *whole));
  if (name.ends_with(".xml")) throw UsageError(fmt::format("`cvgen {}` has no option `{}`", command.name, name), fmt::format("if it is a file, write `./{}`", name));
  if (!name.starts_with("--") && name.size() > 2) {  // joined letters
    const auto known = [&](char letter) {
      const auto options = options_of(command);
      return std::any_of(options.begin(), options.end(), [&](const Option& o) { return o.letter == letter; });
    };
    const auto stranger = std::find_if_not(name.begin() + 1, name.end(), known);
    if (stranger != name.end()) throw UsageError(fmt::format("`cvgen {}` has no option `-{}` (in `{}`)", command.name, *stranger, name), advice);
  }
  // Of short ones every one is similar to every other.
  throw UsageError(fmt::format("`cvgen {}` has no option `{}`", command.name, name), name.starts_with("--") ? text::similar_or("option", name, names, advice) : advice);
}

[[noreturn]] void missing_value(const Command& command, std::string_view name, std::string help = {}) {
  const auto options = options_of(command);
  const auto option = std::find_if(options.begin(), options.end(), [&](const Option& o) { return o.name == name; });
  if (help.empty()) {
    const auto first = option->argument.starts_with('[') ? 1U : 0U;  // [NAME]: an option that may have none
    help = fmt::format("write `--{} {}`: {}", name, option->argument.substr(first, option->argument.size() - 2 * first), option->help);
  }
  throw UsageError(fmt::format("`{}` needs a value", option->letter != 0 ? fmt::format("-{}, --{}", option->letter, name) : fmt::format("--{}", name)), std::move(help));
}

// An option of the parser's own, for what is no option; users can't mean it.
constexpr const char* operand = "operand";

[[noreturn]] void explain(const po::invalid_command_line_syntax& error, const Command& command) {
  const auto given = error.get_option_name();
  const auto name = given.substr(std::min(given.find_first_not_of('-'), given.size()));
  const auto options = options_of(command);
  const auto option = std::find_if(options.begin(), options.end(), [&](const Option& o) { return o.name == name; });
  if (option == options.end()) unknown_option(command, given);
  if (option->argument.empty()) throw UsageError(fmt::format("`--{}` takes no value", name), fmt::format("write `--{}` alone", name));
  missing_value(command, name);
}

po::options_description described(const Command& command) {
  po::options_description description;
  const auto add = [&](const Option& option) {
    auto name = std::string(option.name);
    if (option.letter != 0) name += std::string(",") + option.letter;
    if (option.argument.empty()) description.add_options()(name.c_str(), "");
    else description.add_options()(name.c_str(), po::value<std::vector<std::string>>()->composing(), "");
  };
  for (const auto& option : command.options) add(option);
  for (const auto& option : common) add(option);
  description.add_options()(operand, po::value<std::vector<std::string>>(), "");
  return description;
}

// With the values of options that need none said.
std::vector<std::string> with_implied(const Command& command, std::vector<std::string> words) {
  const auto end = std::find(words.begin(), words.end(), "--");
  for (auto word = words.begin(); word != end; ++word) {
    const auto option = std::find_if(command.options.begin(), command.options.end(), [&](const Option& o) { return !o.implied.empty() && *word == "--" + std::string(o.name); });
    const auto next = std::next(word);
    if (option != command.options.end() && (next == words.end() || next->starts_with('-'))) *word += "=" + std::string(option->implied);
  }
  return words;
}

}  // namespace

std::span<const Command> commands() { return table; }
std::span<const Option> common_options() { return common; }

const Command* find_command(std::string_view name) {
  const auto found = std::find_if(std::begin(table), std::end(table), [&](const Command& c) { return c.name == name; });
  return found == std::end(table) ? nullptr : found;
}

const Command& command_named(const std::string& name) {
  if (const auto* command = find_command(name)) return *command;
  std::vector<std::string> names;
  for (const auto& known : table) names.emplace_back(known.name);
  if (name.ends_with(".xml")) throw UsageError(fmt::format("`{}` is not a command", name), fmt::format("to make a PDF of it: `cvgen render {}`", name));
  throw UsageError(fmt::format("there is no command `{}`", name), text::similar_or("command", name, names, "`cvgen help` lists the commands"));
}

bool Arguments::has(std::string_view option) const {
  return std::any_of(given_.begin(), given_.end(), [&](const auto& pair) { return pair.first == option; });
}

std::optional<std::string> Arguments::value(std::string_view option) const {
  const auto all = values(option);
  return all.empty() ? std::nullopt : std::optional(all.back());
}

std::vector<std::string> Arguments::values(std::string_view option) const {
  std::vector<std::string> result;
  for (const auto& [name, value] : given_) {
    if (name == option) result.push_back(value);
  }
  return result;
}

Arguments parse(const Command& command, const std::vector<std::string>& words) {
  // No guessing of abbreviations: what works today must not break when an option is added.
  const auto style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  po::positional_options_description positional;
  positional.add(operand, -1);
  Arguments result;
  const auto end = std::find(words.begin(), words.end(), "--");
  if (const auto nameless = std::find_if(words.begin(), end, [](const std::string& w) { return w.starts_with("--="); }); nameless != end) {
    unknown_option(command, *nameless);
  }
  try {
    const auto parsed = po::command_line_parser(with_implied(command, words)).options(described(command)).positional(positional).style(style).run();
    for (const auto& option : parsed.options) {
      if (option.string_key == operand) {
        if (option.position_key < 0) unknown_option(command, "--operand");
        result.operands.insert(result.operands.end(), option.value.begin(), option.value.end());
      } else if (option.value.empty()) {
        result.given_.emplace_back(option.string_key, "");
      } else {
        // In `-o --strict` the value was forgotten.
        const auto& tokens = option.original_tokens;
        if (tokens.size() == 2 && tokens[1].size() > 1 && tokens[1].starts_with('-')) {
          missing_value(command, option.string_key, fmt::format("`{}` is taken for an option; if it is the value, write `--{}={}`", tokens[1], option.string_key, tokens[1]));
        }
        for (const auto& value : option.value) result.given_.emplace_back(option.string_key, value);
      }
    }
  } catch (const po::unknown_option& error) {
    unknown_option(command, error.get_option_name());
  } catch (const po::invalid_command_line_syntax& error) {
    explain(error, command);
  } catch (const po::error& error) {
    throw UsageError(error.what(), fmt::format("see `cvgen help {}`", command.name));
  }
  for (const auto& option : options_of(command)) {
    if (!option.repeatable && !option.argument.empty() && result.values(option.name).size() > 1) throw UsageError(fmt::format("`--{}` is given twice", option.name), "keep one of the two");
  }
  const auto count = static_cast<int>(result.operands.size());
  if (result.has("help")) return result;
  if (count < command.least_operands && !result.has(command.instead)) {
    throw UsageError(fmt::format("`cvgen {}` needs {}", command.name, command.needs), fmt::format("write `cvgen {} {}`", command.name, command.usage));
  }
  if (command.most_operands >= 0 && count > command.most_operands) {
    throw UsageError(fmt::format("`cvgen {}` has no use for `{}`", command.name, result.operands[static_cast<std::size_t>(command.most_operands)]), fmt::format("see `cvgen help {}`", command.name));
  }
  return result;
}

std::string general_help() {
  std::string result =
      "cvgen turns a CV written as XML into a PDF.\n\n"
      "Examples:\n"
      "  cvgen render cv.xml               writes cv.pdf\n"
      "  cvgen validate cv.xml             reports every fault\n"
      "  cvgen explain E0201               tells about a fault\n\n"
      "Commands:\n";
  for (const auto& command : table) result += fmt::format("  {:<14} {}\n", command.name, command.summary);
  result += "\nOptions of every command:\n" + option_lines(common);
  return result + "      --version             print the version\n\n`cvgen help COMMAND` tells more.\n";
}

std::string command_help(const Command& command) {
  auto result = fmt::format("cvgen {}: {}\n\nExamples:\n{}\n", command.name, command.summary, command.examples);
  result += fmt::format("Usage: cvgen {}{}{} [OPTIONS]\n\nOptions:\n", command.name, command.usage.empty() ? "" : " ", command.usage);
  return result + option_lines(command.options) + option_lines(common);
}

}  // namespace cvgen::cli
