#include "typeset/cache.hpp"

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/session.hpp"

namespace cvgen::cli {

Exit cache(const Arguments& arguments) {
  if (!arguments.operands.empty() && arguments.operands.front() != "clear") {
    throw UsageError(fmt::format("`cvgen cache` has no use for `{}`", arguments.operands.front()), "write `cvgen cache` or `cvgen cache clear`");
  }
  const Session session(arguments);
  const auto store = typeset::Cache::of_user();
  if (!store) {
    print(fmt::format("no cache: {}\n", store.trouble()));
    return Exit::ok;
  }
  const auto usage = store.usage();
  const auto mib = [](std::uint64_t bytes) { return fmt::format("{:.1f} MiB", static_cast<double>(bytes) / (1 << 20)); };
  if (!arguments.operands.empty()) {
    store.clear();
    session.say(fmt::format("cleared {} ({})", store.folder(), mib(usage.bytes)));
    return Exit::ok;
  }
  print(fmt::format("folder     {}\nsize       {} of {} (CVGEN_CACHE_SIZE)\ntemplates  {}, loaded and ready\nrecords    {} of documents rendered\n",
                    store.folder(), mib(usage.bytes), mib(typeset::cache_limit()), usage.formats, usage.records));
  return Exit::ok;
}

}  // namespace cvgen::cli
