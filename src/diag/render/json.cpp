#include "diag/render/json.hpp"

#include <nlohmann/json.hpp>

#include "diag/render/words.hpp"

namespace cvgen::diag {
namespace {

nlohmann::json json_span(Span span, const Sources& sources) {
  const auto& file = sources.file(span.file);
  const auto begin = file.position(span.begin);
  const auto end = file.position(span.end);
  return {{"file", file.name()}, {"offset", span.begin}, {"length", span.end - span.begin}, {"line", begin.line}, {"column", begin.column},
          {"end_line", end.line}, {"end_column", end.column}};
}

}  // namespace

std::string json_line(const Diagnostic& d, const Sources& sources, const std::string& about) {
  nlohmann::json object = {{"code", info(d.code).name}, {"severity", severity_word(d.severity())}, {"message", shortened(d.message)}};
  object["help"] = nlohmann::json::array();
  object["notes"] = nlohmann::json::array();
  for (const auto& text : d.help) object["help"].push_back(shortened_advice(text));
  for (const auto& text : d.notes) object["notes"].push_back(shortened_advice(text));
  if (!d.primary && !about.empty()) object["file"] = about;
  object["labels"] = nlohmann::json::array();
  const auto add = [&](const Label& label, bool primary) {
    auto entry = json_span(label.span, sources);
    entry["text"] = shortened(label.text);
    entry["primary"] = primary;
    object["labels"].push_back(std::move(entry));
  };
  if (d.primary) add(*d.primary, true);
  for (const auto& label : d.secondary) add(label, false);
  for (const auto& edit : d.fix) {
    object["fix"].push_back(json_span(edit.span, sources));
    object["fix"].back()["replacement"] = edit.replacement;
  }
  return object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace cvgen::diag
