#include "cli/outputs.hpp"

#include <fmt/format.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "cli/exit.hpp"
#include "io/file.hpp"

namespace cvgen::cli {
namespace {

// Under --all-variants the names of the documents are only known when the CV is read. They can meet those of another one
// only if its stem is the same, or the same up to a hyphen (cv.xml with a variant `short`, and cv-short.xml); so few
// are read twice.
class Stems {
 public:
  explicit Stems(const std::vector<std::string>& inputs) {
    for (const auto& input : inputs) ++count_[stem(input)];
    for (const auto& [name, number] : count_) {
      for (auto hyphen = name.find('-'); hyphen != std::string::npos; hyphen = name.find('-', hyphen + 1)) {
        if (const auto shorter = count_.find(name.substr(0, hyphen)); shorter != count_.end()) met_.insert({name, shorter->first});
      }
    }
  }
  bool may_meet(const std::string& input) const { return count_.at(stem(input)) > 1 || met_.contains(stem(input)); }

 private:
  std::map<std::string, int> count_;
  std::set<std::string> met_;
};

std::vector<std::string> variants_in(const std::string& input, Session session) {
  std::vector<std::string> names;
  if (const auto cv = open(input, session)) {
    for (const auto& variant : cv->variants) names.push_back(variant.name.value);
  }
  return names;
}

// Pages are numbered: those of cv.png may be called cv-2.png.
void check_pages_apart(const std::map<std::string, std::string>& pictures) {
  for (const auto& [path, _] : pictures) {
    const auto ending = path.rfind('.');
    const auto hyphen = path.find_last_not_of("0123456789", ending - 1);
    if (hyphen == std::string::npos || path[hyphen] != '-' || hyphen + 1 == ending) continue;
    const auto whole = pictures.find(path.substr(0, hyphen) + path.substr(ending));
    if (whole == pictures.end()) continue;
    throw UsageError(fmt::format("a page of `{}` could be written to `{}`, which is another document", whole->first, path),
                     "render them to different folders");
  }
}

}  // namespace

void check_outputs(const RenderRequest& request, const Session& blank) {
  std::map<std::string, std::string> taken;  // paths, by whom
  const auto take = [&](const std::string& input, const std::string& variant) {
    const auto path = target_of(request.naming, input, variant).path;
    const auto [other, is_new] = taken.emplace(path, input);
    if (is_new) return;
    throw UsageError(fmt::format("two documents would be written to `{}`", path),
                     other->second == input ? fmt::format("`{}` makes both: give each input and variant once", input)
                                            : fmt::format("`{}` and `{}` make it: give the inputs different names, or render them one by one", other->second, input));
  };
  const bool pictures = request.naming.format == Format::png;
  if (!request.all_variants) {
    const auto variants = request.variants.empty() ? std::vector<std::string>{""} : request.variants;
    for (const auto& input : request.inputs) {
      for (const auto& variant : variants) take(input, variant);
    }
    if (pictures && request.naming.in_folder) check_pages_apart(taken);
    return;
  }
  const Stems stems(request.inputs);
  for (const auto& input : request.inputs) {
    const bool may_meet = stems.may_meet(input);
    if (input == "-" ? !may_meet : !may_meet && !pictures) continue;
    if (input == "-") throw UsageError("standard input and a file make documents of the same names", "give the CV a file of its own");
    for (const auto& variant : variants_in(input, blank)) take(input, variant);
  }
  if (pictures) check_pages_apart(taken);
}

bool make_output_folder(const RenderRequest& request, diag::Sink& sink) {
  const auto& folder = request.naming.output;
  if (!request.naming.in_folder || folder.empty() || request.compile.dry_run) return true;
  const auto made = io::make_folder(folder);
  if (!made) sink.add(diag::nowhere(diag::Code::E0802, fmt::format("the folder `{}` can't be made: {}", folder, made.failure().what)).helps("name another folder with `-o`"));
  return static_cast<bool>(made);
}

}  // namespace cvgen::cli
