#include "cli/unchanged.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "io/file.hpp"
#include "io/store.hpp"
#include "typeset/digest.hpp"
#include "typeset/engine.hpp"
#include "typeset/format.hpp"

namespace cvgen::cli {
namespace {

constexpr std::string_view kind = "rendered";

// The program that runs; on systems that don't tell, its version has to do.
std::string own_identity() {
  const auto stamp = io::stamp("/proc/self/exe");
  return stamp ? fmt::format("{} {} {}", stamp->size, stamp->inode, stamp->changed) : CVGEN_VERSION;
}

// The key of an output; nothing if there is no such file.
std::optional<std::string> key_of(const std::string& path) {
  const auto real = io::canonical_path(path);
  if (!real) return std::nullopt;
  return typeset::digest(*real);
}

}  // namespace

std::string digest_of_inputs(const std::string& what, const std::string& tex, const std::vector<typeset::Asset>& assets, const FittedInputs* fitted) {
  typeset::Digest all;
  all.add(own_identity()).add(what).add(tex).add(std::to_string(assets.size()));
  for (const auto& asset : assets) all.add(asset.name).add(asset.bytes);
  for (const auto& variable : typeset::tex_environment()) {
    if (!variable.starts_with("TMPDIR=")) all.add(variable);
  }
  if (fitted == nullptr) return all.hex();
  all.add("fitted").add(fitted->pages ? std::to_string(*fitted->pages) : "").add(fitted->fill ? "fill" : "").add(fitted->among_others ? "others" : "");
  for (std::uint32_t i = 0; i < fitted->sources.count(); ++i) all.add(fitted->sources.file(i).text());
  for (const auto* values : {&fitted->look.bounds.tight, &fitted->look.bounds.loose}) {
    all.add(std::to_string(values->size()));
    for (const auto& [setting, value] : *values) all.add(setting).add(value);
  }
  return all.hex();
}

std::optional<Remembered> find_rendered(const typeset::Cache& cache, const std::string& path, const std::string& inputs) {
  const auto key = key_of(path);
  const auto text = key ? cache.get(kind, *key) : std::nullopt;
  if (!text) return std::nullopt;
  const auto record = nlohmann::json::parse(*text, nullptr, false);
  if (!record.is_object() || record.value("inputs", "") != inputs || !typeset::Format::is_current(cache, record.value("format", ""))) return std::nullopt;
  const auto bytes = typeset::digest_of_file(path);
  if (!bytes || *bytes != record.value("bytes", "")) return std::nullopt;
  return Remembered{record.value("what", ""), record.value("fit", ""), record.value("fit_details", "")};
}

void remember_rendered(const typeset::Cache& cache, const std::string& path, const std::string& inputs, const typeset::Product& product, const Remembered& rendered) {
  const auto key = key_of(path);
  if (!key) return;
  if (!product.silent || product.format.empty()) return cache.drop(kind, *key);
  const nlohmann::json record = {{"inputs", inputs}, {"format", product.format}, {"bytes", typeset::digest(product.pdf)}, {"what", rendered.what}, {"fit", rendered.fit}, {"fit_details", rendered.fit_details}};
  cache.put(kind, *key, record.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace cvgen::cli
