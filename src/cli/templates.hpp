// The templates: cvgen's own, and those in a folder of the user's.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options.hpp"
#include "diag/diagnostic.hpp"
#include "model/template.hpp"

namespace cvgen::cli {

constexpr std::string_view default_template = "moderncv";

// cvgen's own.
std::vector<std::string> template_names();
std::optional<model::Template> find_template(std::string_view name);

// A plain name, which leads nowhere but into the folder of templates.
bool is_template_name(std::string_view name);

class Templates {
 public:
  // Those of --template-dir, or else of the user's own folder, $XDG_CONFIG_HOME/cvgen/templates. A CV can name a template,
  // never a folder.
  // `may_be_new`: the folder need not be there yet.
  Templates(const Arguments& arguments, bool may_be_new);

  // Reads one from the folder, unless cvgen has one of that name; what is wrong with it is told when it is taken.
  void want(const std::string& name, diag::Sources& sources);
  bool known(const std::string& name) const;
  // Of a known one. Its faults go into the sink: E0608 if it can't be read, E02xx and E0604 to E0607; nothing then.
  std::optional<model::Template> take(const std::string& name, diag::Sink& sink) const;

  // The text of its template.xml.
  std::string declaration(const std::string& name) const;

  std::vector<std::string> names() const;
  const std::string& folder() const { return folder_; }

 private:
  struct Own {
    std::optional<model::Template> look;
    diag::Sink faults;
    std::string declaration;
  };
  static Own read(const std::string& name, const std::string& folder, diag::Sources& sources);

  std::string folder_;  // empty: there is none
  std::map<std::string, Own, std::less<>> own_;
};

}  // namespace cvgen::cli
