// Interruption: Ctrl-C, a TERM, or a terminal that goes away. Where there is something to tidy up (temporary folders, child
// processes) the handler only sets a flag, so that it is done by scope, and cvgen ends with 130; else it ends at once.
#pragma once

namespace cvgen::io {

// Once, early in main. After it the first SIGINT, SIGTERM or SIGHUP makes interrupted() true; a second one ends the
// process at once. Signals that the caller ignores (nohup) stay ignored. SIGPIPE and SIGXFSZ are ignored from then
// on: writing says EPIPE or EFBIG instead. Without it, nothing here changes how signals act.
void install_interrupt_handler();

bool interrupted();

// While there is one, an interruption waits for whoever looks at interrupted().
class Orderly {
 public:
  Orderly();
  Orderly(const Orderly&);
  Orderly& operator=(const Orderly&) = default;
  ~Orderly();
};

// Becomes readable with the interruption, and stays so; -1 if no handler is installed. For poll(2).
int interrupt_descriptor();

// Forgets an interruption; for tests.
void clear_interrupt();

}  // namespace cvgen::io
