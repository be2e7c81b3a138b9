#include "typeset/doctor.hpp"

#include <fmt/format.h>

#include "io/environment.hpp"
#include "io/process.hpp"
#include "io/sandbox.hpp"
#include "typeset/confinement.hpp"
#include "typeset/engine.hpp"
#include "typeset/installation.hpp"
#include "typeset/packages.hpp"
#include "typeset/pdflatex.hpp"
#include "typeset/raster.hpp"

namespace cvgen::typeset {
namespace {

using End = io::Outcome::End;

constexpr const char* unconfined = "if all is well with `CVGEN_SANDBOX=off cvgen doctor`, TeX has files where cvgen lets it read none: please report that";

// The font cvgen's templates use, in the encoding they use, and hooks.
constexpr std::string_view trial_document = R"(\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\AddToHook{begindocument/end}{}
\begin{document}
cvgen
\end{document}
)";

// `cure`: the command that installs it.
Finding examine_program(const std::string& program, std::string_view cure = install_all, bool needed = true) {
  Finding finding{program, false, needed, {}, {}};
  const auto path = io::find_on_path(program);
  if (!path) {
    finding.detail = "not found on PATH";
    finding.cure = fmt::format("on Debian and Ubuntu: `{}`; elsewhere: install TeX Live or MacTeX", cure);
    return finding;
  }
  const auto outcome = ask(*path, {"--version"});
  finding.ok = outcome.end == End::exited && outcome.code == 0;
  finding.detail = finding.ok ? fmt::format("{} ({})", outcome.output.substr(0, outcome.output.find('\n')), *path)
                              : fmt::format("{} does not run", *path);
  if (!finding.ok) finding.cure = "install TeX Live again";
  return finding;
}

std::vector<Finding> examine_files(const std::string& pdflatex, std::span<const Wanted> wanted) {
  if (wanted.empty()) return {};
  const auto kpsewhich = find_kpsewhich(pdflatex);
  // The trial run still says whether cvgen can work; only the names of missing files stay unknown.
  if (!kpsewhich)
    return {{"kpsewhich", false, false, "not found, so TeX files can't be looked for", "install TeX Live again"}};
  std::vector<std::string> names;
  for (const auto& one : wanted) names.emplace_back(one.file);
  const auto found = find_files(*kpsewhich, names);
  std::vector<Finding> findings;
  for (const auto& one : wanted) {
    Finding finding{std::string(one.file), false, one.needed, {}, {}};
    if (const auto place = found.find(one.file); place != found.end()) {
      finding.ok = true;
      finding.detail = place->second;
    } else {
      finding.detail = one.purpose.empty() ? "not found" : fmt::format("not found; it is for {}", one.purpose);
      finding.cure = cure_for(one.file);
    }
    findings.push_back(std::move(finding));
  }
  return findings;
}

Finding examine_rasterizer() {
  Finding finding{std::string(rasterizer), false, false, {}, {}};
  const auto path = io::find_on_path(rasterizer);
  finding.ok = path.has_value();
  finding.detail = path.value_or("not found; it is for PNGs of the pages");
  if (!finding.ok) finding.cure = rasterizer_cure;
  return finding;
}

Finding examine_confinement() {
  const auto can = io::available_confinement();
  Finding finding{"confinement of TeX", can.files && can.calls && !is_sandbox_off(), false, {}, {}};
  if (is_sandbox_off()) {
    finding.detail = "switched off by CVGEN_SANDBOX";
  } else if (finding.ok) {
    finding.detail = "files (Landlock) and system calls (seccomp)";
  } else {
    finding.detail = can.calls ? "only of system calls (seccomp); a template of others could have Lua read and write your files" : "this system has none; a template of others could have Lua do what you can do";
    finding.cure = "a kernel of Linux 5.13 or later with Landlock; until then use only templates that you trust";
  }
  return finding;
}

Finding examine_by_trial(const std::string& program) {
  Finding finding{"a trial run", false, true, {}, {}};
  diag::Sink sink;
  Job job;
  job.tex = trial_document;
  job.program = program;
  if (const auto product = run(job, sink)) {
    finding.ok = true;
    finding.detail =
        fmt::format("one word set in Latin Modern, {} bytes, {:.2f} s", product->pdf.size(), product->seconds);
    return finding;
  }
  finding.detail = "interrupted";
  for (const auto& diagnostic : sink.sorted()) {
    finding.detail = diagnostic.message;
    for (const auto& note : diagnostic.notes) finding.detail += "; " + note;
    if (!diagnostic.help.empty()) finding.cure = diagnostic.help.front();
  }
  if (!is_sandbox_off()) finding.cure += finding.cure.empty() ? unconfined : "; " + std::string(unconfined);
  return finding;
}

}  // namespace

std::vector<Finding> examine_lualatex() {
  std::vector<Finding> findings;
  for (const auto* program : {"lualatex", "fc-list"}) {
    auto finding = examine_program(program, install_lualatex, false);
    if (!finding.ok) finding.detail += "; it is for scripts other than Latin";
    findings.push_back(std::move(finding));
  }
  return findings;
}

std::vector<Finding> examine(std::span<const Wanted> wanted, const std::string& program) {
  std::vector<Finding> findings = {examine_program(program)};
  const auto path = io::find_on_path(program);
  if (!path) return findings;
  for (auto& finding : examine_files(*path, wanted)) findings.push_back(std::move(finding));
  findings.push_back(examine_rasterizer());
  findings.push_back(examine_confinement());
  findings.push_back(examine_by_trial(program));
  return findings;
}

}  // namespace cvgen::typeset
