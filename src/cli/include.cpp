#include "cli/include.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <vector>

#include "cli/beside.hpp"
#include "io/file.hpp"
#include "text/similar.hpp"
#include "xml/form.hpp"

namespace cvgen::cli {
namespace {

using diag::Code;

constexpr std::string_view xinclude = "http://www.w3.org/2001/XInclude";
constexpr const char* beside = "name an XML file beside or below the CV";
constexpr const char* form = "write `<xi:include href=\"publications.xml\"/>`";

// Most CVs include nothing, and need not be walked through.
bool may_include(std::string_view text) { return text.find(xinclude) != std::string_view::npos || text.find("<xi:") != std::string_view::npos; }

// What a relative reference means as the name of a file; nothing if it is none.
std::optional<std::string> decoded(std::string_view reference) {
  std::string name;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    if (reference[i] != '%') {
      name += reference[i];
      continue;
    }
    unsigned byte = 0;
    const auto digits = reference.substr(i + 1, 2);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
    if (error != std::errc() || digits.size() != 2 || end != digits.data() + 2 || byte == 0) return std::nullopt;
    name += static_cast<char>(byte);
    i += 2;
  }
  return name;
}

// RFC 3986, section 3.1.
bool has_scheme(std::string_view reference) {
  const auto colon = reference.find(':');
  return colon != std::string_view::npos && reference.find('/') > colon;
}

class Inclusion {
 public:
  Inclusion(const diag::SourceFile& cv, Session& session) : session_(session), folder_(io::folder_of(cv.name())), room_(largest_cv - std::min(cv.text().size(), largest_cv)) {
    if (const auto real = io::canonical_path(cv.name())) included_.emplace(*real, std::nullopt);
  }

  std::optional<xml::Document> run(xml::Document document) {
    memory_ = document.memory.get();
    const auto root = expand(document.root, 1);
    if (!root || !complete_) return std::nullopt;
    for (auto& part : parts_) memory_->adopt(std::move(part));
    return xml::Document{*root, std::move(document.memory)};
  }

 private:
  struct Binding {
    std::string_view prefix;
    bool is_xinclude;
  };

  std::optional<xml::Element> fail(diag::Diagnostic diagnostic) {
    session_.sink.add(std::move(diagnostic));
    complete_ = false;
    return std::nullopt;
  }

  std::optional<xml::Element> expand(const xml::Element& element, std::size_t depth) {
    if (depth > xml::deepest_nesting) {
      return fail(diag::at(element.name_span(), Code::E0113, fmt::format("elements are nested more than {} deep", xml::deepest_nesting)).helps("with the files that this one is included by; a CV needs far less"));
    }
    const auto outside = bindings_.size();
    for (const auto& attribute : element.attributes) {
      if (attribute.name == "xmlns") bindings_.push_back({"", attribute.value == xinclude});
      else if (attribute.name.starts_with("xmlns:")) bindings_.push_back({attribute.name.substr(6), attribute.value == xinclude});
    }
    auto result = is_include(element) ? include(element, depth) : xml::with_children(element, *memory_, [&](const xml::Element& child) { return expand(child, depth + 1); });
    bindings_.resize(outside, {});
    return result;
  }

  bool is_include(const xml::Element& element) const {
    const auto colon = element.name.find(':');
    const auto prefix = element.name.substr(0, colon == std::string_view::npos ? 0 : colon);
    if (element.name == "xi:include") return true;  // unbound, it is refused there
    if (element.name.substr(colon + 1) != "include") return false;  // npos + 1 is 0
    return is_bound(prefix);
  }

  bool is_bound(std::string_view prefix) const {
    const auto found = std::find_if(bindings_.rbegin(), bindings_.rend(), [&](const Binding& binding) { return binding.prefix == prefix; });
    return found != bindings_.rend() && found->is_xinclude;
  }

  // The faults of the element itself; false if it has one.
  bool is_sound(const xml::Element& element) {
    if (const auto colon = element.name.find(':'); colon != std::string_view::npos && !is_bound(element.name.substr(0, colon))) {
      const diag::Span after{element.tag_span.file, element.name_span().end, element.name_span().end};
      (void)fail(diag::at(element.name_span(), Code::E0115, fmt::format("the prefix of `<{}>` is not declared", element.name))
                     .helps(fmt::format("add `xmlns:xi=\"{}\"` to it, or to `<cv>`", xinclude)).fixed_by(after, fmt::format(" xmlns:xi=\"{}\"", xinclude)));
      return false;
    }
    for (const auto& attribute : element.attributes) {
      if (attribute.name == "href" || attribute.name.starts_with("xmlns") || (attribute.name == "parse" && attribute.value == "xml")) continue;
      (void)fail(diag::at(attribute.name_span, Code::E0115, fmt::format("cvgen includes no `{}`", attribute.name == "parse" ? fmt::format("parse=\"{}\"", attribute.value) : std::string(attribute.name)))
                     .label("only whole XML files, named by `href`").helps("put what is to be included into a file of its own, with one element around it"));
      return false;
    }
    for (const auto& node : element.children) {
      const auto* text = std::get_if<xml::Text>(&node);
      if (text != nullptr && text->value.find_first_not_of(" \t\r\n") == std::string_view::npos) continue;
      (void)fail(diag::at(text != nullptr ? text->span : std::get<xml::Element>(node).name_span(), Code::E0115, fmt::format("nothing can stand in `<{}>`", element.name))
                     .helps("delete it; a file that can't be included is an error, so that no part of a CV gets lost"));
      return false;
    }
    return true;
  }

  std::optional<xml::Element> include(const xml::Element& element, std::size_t depth) {
    if (!is_sound(element)) return std::nullopt;
    const auto* href = element.attribute("href");
    if (href == nullptr || href->value.empty()) return fail(diag::at(element.name_span(), Code::E0115, fmt::format("`<{}>` names no file", element.name)).helps(form));
    const auto refuse = [&](std::string why, std::string help) {
      return fail(diag::at(href->value_span, Code::E0404, std::move(why)).helps(std::move(help)));
    };
    const auto name = decoded(href->value);
    if (!name) return refuse("`%` begins no character here", "write `%25` for the sign itself, `%20` for a blank");
    if (const auto mark = href->value.find_first_of("#?"); mark != std::string_view::npos) {
      return refuse(fmt::format("`{}` asks for a piece of a file", href->value), fmt::format("name the file alone; if it has `{}` in its name, write `%{:X}`", href->value[mark], href->value[mark]));
    }
    if (has_scheme(href->value)) return refuse(fmt::format("`{}` is an address, not a file", href->value), beside);

    const auto& from = session_.sources.file(element.tag_span.file).name();
    const auto path = path_in(io::folder_of(from), *name);
    const auto real = find_beside(folder_, path);
    if (!real) {
      session_.absent.insert(path);
      return refuse(fmt::format("the file `{}` {}", path, real.failure().what), similar_beside(path).value_or(beside));
    }
    const auto [known, is_new] = included_.emplace(*real, href->value_span);
    if (!is_new) return included_twice(*href, path, known->second);
    const auto draft = session_.drafts.find(path);
    auto text = draft != session_.drafts.end() ? io::Result<std::string>(draft->second) : io::read_regular_file(*real, room_);
    if (!text) {
      session_.absent.insert(path);
      return refuse(fmt::format("the file `{}` can't be read: {}", path, text.failure().what), "check its permissions");
    }
    room_ -= std::min(text->size(), room_);
    return root_of(session_.sources.add(path, std::move(*text)), depth);
  }

  // Of a file that is not there, but could be. What else is outside is none of a CV's business.
  std::optional<std::string> similar_beside(const std::string& path) const {
    const auto folder = io::folder_of(path);
    const auto others = !io::file_exists(path) && is_below(folder_, folder) ? io::list_folder(folder) : io::Failure{};
    if (!others) return std::nullopt;
    return text::similar_or("file", path.substr(path.rfind('/') + 1), *others, beside);  // npos + 1 is 0
  }

  std::optional<xml::Element> included_twice(const xml::Attribute& href, const std::string& path, const std::optional<diag::Span>& before) {
    auto diagnostic = diag::at(href.value_span, Code::E0405, before ? fmt::format("the file `{}` is included twice", path) : fmt::format("the file `{}` includes itself", path))
                          .helps(before ? "delete one of the two; what is to be there twice is written twice" : "name another file");
    return fail(before ? std::move(diagnostic).label("again here").also(*before, "first here") : std::move(diagnostic));
  }

  std::optional<xml::Element> root_of(std::uint32_t file, std::size_t depth) {
    session_.parts.push_back(file);
    auto part = xml::parse(session_.sources, file, session_.sink);
    if (!part) {
      complete_ = false;
      return std::nullopt;
    }
    parts_.push_back(std::move(part->memory));
    std::vector<Binding> none;  // its prefixes are its own
    std::swap(bindings_, none);
    auto root = expand(part->root, depth + 1);  // or a chain of files could be of any length
    std::swap(bindings_, none);
    return root;
  }

  Session& session_;
  std::string folder_;
  std::size_t room_;  // bytes that may still be read
  std::map<std::string, std::optional<diag::Span>> included_;  // by real path; of the CV itself there is no place
  std::vector<std::unique_ptr<xml::Arena>> parts_;
  std::vector<Binding> bindings_;  // outermost first
  xml::Arena* memory_ = nullptr;   // of the whole
  bool complete_ = true;
};

}  // namespace

std::optional<xml::Document> parse_whole(std::uint32_t file, Session& session) {
  session.parts.push_back(file);
  auto document = xml::parse(session.sources, file, session.sink);
  const auto& source = session.sources.file(file);
  if (!document || !may_include(source.text())) return document;
  return Inclusion(source, session).run(std::move(*document));
}

}  // namespace cvgen::cli
