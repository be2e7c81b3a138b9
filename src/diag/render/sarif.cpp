#include "diag/render/sarif.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "diag/render/words.hpp"

namespace cvgen::diag {
namespace {

using nlohmann::json;

// A colon is escaped too: before the first slash it would end a scheme.
std::string reference(std::string_view name) {
  constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  std::string result = name.starts_with('/') ? "file://" : "";
  for (const char c : name) {
    if (plain.find(c) != std::string_view::npos) result += c;
    else result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return result;
}

std::string as_line(const json& object) { return object.dump(-1, ' ', false, json::error_handler_t::replace); }

json region(Span span, const SourceFile& file) {
  const auto begin = file.position(span.begin);
  const auto end = file.position(span.end);
  return {{"startLine", begin.line}, {"startColumn", begin.column}, {"endLine", end.line}, {"endColumn", end.column},
          {"byteOffset", span.begin}, {"byteLength", span.end - span.begin}};
}

json artifact(const std::string& name) { return {{"uri", reference(name)}}; }

json location(const Label& label, const Sources& sources) {
  const auto& file = sources.file(label.span.file);
  return {{"physicalLocation", {{"artifactLocation", artifact(file.name())}, {"region", region(label.span, file)}}}};
}

std::string words(std::string_view text) { return visible(shortened(text)); }

// Code hosts show this text only, so that it has the advice too.
std::string message(const Diagnostic& d) {
  auto text = words(d.message);
  if (d.primary && !d.primary->text.empty()) text += ": " + words(d.primary->text);
  for (const auto& advice : d.help) text += "\nhelp: " + shown(advice);
  for (const auto& note : d.notes) text += "\nnote: " + shown(note);
  return text;
}

json result(const Diagnostic& d, const Sources& sources, const std::string& about) {
  json object = {{"ruleId", info(d.code).name}, {"ruleIndex", &info(d.code) - code_table().data()}, {"level", severity_word(d.severity())},
                 {"message", {{"text", message(d)}}}};
  if (d.primary) object["locations"] = json::array({location(*d.primary, sources)});
  else if (!about.empty()) object["locations"] = json::array({{{"physicalLocation", {{"artifactLocation", artifact(about)}}}}});
  for (const auto& label : d.secondary) {
    auto related = location(label, sources);
    related["message"] = {{"text", words(label.text)}};
    object["relatedLocations"].push_back(std::move(related));
  }
  if (!d.fix.empty()) {
    json replacements = json::array();
    for (const auto& edit : d.fix) {
      replacements.push_back({{"deletedRegion", region(edit.span, sources.file(edit.span.file))}, {"insertedContent", {{"text", edit.replacement}}}});
    }
    json change = {{"artifactLocation", artifact(sources.file(d.fix.front().span.file).name())}, {"replacements", std::move(replacements)}};
    object["fixes"] = json::array({{{"artifactChanges", json::array({std::move(change)})}}});
  }
  return object;
}

json rule(const CodeInfo& code) {
  return {{"id", code.name}, {"shortDescription", {{"text", code.title}}}, {"help", {{"text", code.page}}},
          {"defaultConfiguration", {{"level", severity_word(severity(code.code))}}}};
}

}  // namespace

std::string sarif_results(std::span<const Diagnostic> diagnostics, const Sources& sources, const std::string& about) {
  std::string text;
  for (const auto& d : diagnostics) text += (text.empty() ? "" : ",\n") + as_line(result(d, sources, about));
  return text;
}

std::string sarif_log(std::string_view results) {
  json driver = {{"name", "cvgen"}, {"version", CVGEN_VERSION}, {"rules", json::array()}};
  for (const auto& code : code_table()) driver["rules"].push_back(rule(code));
  return fmt::format(R"({{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{{"tool":{{"driver":{}}},)"
                     R"("columnKind":"unicodeCodePoints","results":[{}{}]}}]}})" "\n",
                     as_line(driver), results.empty() ? "" : "\n", results);
}

}  // namespace cvgen::diag
