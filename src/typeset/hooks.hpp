// LaTeX's hooks, put into order before a preamble is kept as a format.
#pragma once

#include <string_view>

namespace cvgen::typeset {

// LaTeX, to stand at the end of the preamble. LaTeX sorts the code of all hooks at \begin{document}, in a time that grows with the
// square of the packages that use one; after this it sorts those again that have changed since. It also examines there which commands
// change case, which is done then. Does nothing where LaTeX's own commands are not those that it is made for.
std::string_view sorted_hooks();

}  // namespace cvgen::typeset
