#include <fmt/format.h>

#include "cli/batch.hpp"
#include "cli/commands.hpp"
#include "cli/early.hpp"
#include "cli/job.hpp"
#include "cli/outputs.hpp"
#include "cli/progress.hpp"
#include "cli/watch.hpp"

namespace cvgen::cli {
namespace {

Exit render_alone(RenderRequest request, Session session) {
  const auto& name = request.inputs.front();
  const Early early(request);
  Rendered rendered;
  {
    const Progress progress(fmt::format("typesetting {} ...", name), !session.quiet);
    rendered = render_cv(name, request, request.jobs, session);
  }
  early.keep();
  write_depfile(rendered.dependencies, request, session);
  session.tell(words_on(rendered, request, session));
  return session.verdict();
}

}  // namespace

Exit render(const Arguments& arguments) {
  const Session blank(arguments);
  auto request = render_request(arguments);
  check_outputs(request, blank);
  const auto cache = typeset::Cache::of_user();
  if (cache) request.compile.cache = &cache;
  if (request.watch) return watch(request, blank);
  return request.inputs.size() > 1 ? render_batch(request, blank) : render_alone(request, blank);
}

}  // namespace cvgen::cli
