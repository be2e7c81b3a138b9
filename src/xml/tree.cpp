#include "xml/tree.hpp"

#include <tinyxml2.h>

#include <algorithm>
#include <stdexcept>

#include "xml/characters.hpp"
#include "xml/form.hpp"

namespace cvgen::xml {
namespace {

using Kind = Token::Kind;

// tinyxml2 takes `<?x?>` for an XML declaration and refuses it inside the root; as a comment it passes.
std::string without_instructions(std::string_view text, const std::vector<Token>& tokens) {
  std::string result;
  std::size_t copied = 0;
  for (const auto& token : tokens) {
    if (token.kind != Kind::instruction) continue;
    result += text.substr(copied, token.span.begin - copied);
    result += "<!---->";
    copied = token.span.end;
  }
  return result += text.substr(copied);
}

// Attribute-value normalisation, XML 1.0 section 3.3.3.
std::string normalised(const char* value) {
  std::string result(value);
  std::replace_if(result.begin(), result.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  return result;
}

// Walks the tokens and tinyxml2's nodes side by side: content from the one, places from the other.
class Zipper {
 public:
  Zipper(std::string_view text, const std::vector<Token>& tokens) : text_(text), tokens_(tokens) {}

  std::optional<Element> root(const tinyxml2::XMLElement* node) {
    while (next_ < tokens_.size() && tokens_[next_].kind != Kind::start) ++next_;
    if (node == nullptr || next_ == tokens_.size()) return std::nullopt;
    auto result = element(*node);
    return failed_ ? std::nullopt : std::optional(std::move(result));
  }

 private:
  Element element(const tinyxml2::XMLElement& node) {
    const auto& token = tokens_[next_++];
    Element result{node.Name(), token.name, token.span, token.span, {}, {}};
    if (slice(token.name) != result.name) return fail();
    auto place = token.attributes.begin();
    for (const auto* a = node.FirstAttribute(); a != nullptr; a = a->Next(), ++place) {
      if (place == token.attributes.end()) return fail();
      result.attributes.push_back({a->Name(), normalised(a->Value()), place->name, place->value});
    }
    if (place != token.attributes.end()) return fail();
    if (!token.empty) content(node, result);
    return result;
  }

  void content(const tinyxml2::XMLElement& node, Element& into) {
    const auto* child = node.FirstChild();
    for (; next_ < tokens_.size() && !failed_; ++next_) {
      const auto& token = tokens_[next_];
      if (token.kind == Kind::comment || token.kind == Kind::instruction) continue;
      while (child != nullptr && child->ToComment() != nullptr) child = child->NextSibling();
      if (token.kind == Kind::end) {
        into.span.end = token.span.end;
        ++next_;
        failed_ = failed_ || child != nullptr || slice(token.name) != into.name;
        return;
      }
      // tinyxml2 drops text that is all blanks, which between two words in bold is not nothing.
      if (token.kind == Kind::text && all_blank(slice(token.span))) {
        into.children.emplace_back(Text{std::string(slice(token.span)), token.span});
        continue;
      }
      if (child == nullptr) { failed_ = true; return; }
      if (const auto* text = child->ToText(); text != nullptr && token.kind != Kind::start) {
        into.children.emplace_back(Text{text->Value(), token.span, token.kind == Kind::cdata});
      } else if (const auto* inner = child->ToElement(); inner != nullptr && token.kind == Kind::start) {
        into.children.emplace_back(element(*inner));
        --next_;  // the loop counts it
      } else {
        failed_ = true;
      }
      child = child->NextSibling();
    }
  }

  Element fail() {
    failed_ = true;
    return {};
  }
  std::string_view slice(diag::Span span) const { return text_.substr(span.begin, span.end - span.begin); }
  static bool all_blank(std::string_view s) { return std::all_of(s.begin(), s.end(), is_blank); }

  std::string_view text_;
  const std::vector<Token>& tokens_;
  std::size_t next_ = 0;
  bool failed_ = false;
};

}  // namespace

const Attribute* Element::attribute(std::string_view wanted) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(), [&](const Attribute& a) { return a.name == wanted; });
  return found == attributes.end() ? nullptr : &*found;
}

std::string Element::attribute_or(std::string_view wanted, std::string_view otherwise) const {
  const auto* found = attribute(wanted);
  return found != nullptr ? found->value : std::string(otherwise);
}

std::vector<const Element*> children(const Element& element) {
  std::vector<const Element*> result;
  for (const auto& node : element.children) {
    if (const auto* child = std::get_if<Element>(&node)) result.push_back(child);
  }
  return result;
}

std::optional<Element> parse(const diag::Sources& sources, std::uint32_t file, diag::Sink& sink) {
  const auto errors_before = sink.error_count();
  const auto tokens = scan(sources, file, sink);
  const bool well_formed = sink.error_count() == errors_before;
  const bool worth_a_try = std::none_of(tokens.begin(), tokens.end(), [](const Token& t) { return t.kind == Kind::doctype; });
  if (tokens.empty() || !worth_a_try) return std::nullopt;

  const auto text = sources.file(file).text();
  const bool has_instructions = std::any_of(tokens.begin(), tokens.end(), [](const Token& t) { return t.kind == Kind::instruction; });
  const auto edited = has_instructions ? without_instructions(text, tokens) : std::string();
  tinyxml2::XMLDocument document;
  document.Parse(has_instructions ? edited.data() : text.data(), has_instructions ? edited.size() : text.size());
  auto root = document.Error() ? std::nullopt : Zipper(text, tokens).root(document.RootElement());
  if (!root && well_formed) throw std::logic_error("tinyxml2 and the scanner disagree on a well-formed file");
  return root;
}

}  // namespace cvgen::xml
