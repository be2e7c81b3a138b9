// The files that a pass of TeX would leave, where they are known before it runs.
#pragma once

#include <vector>

#include "typeset/passes.hpp"

namespace cvgen::typeset {

// Of a document with some of the sections that a measured one had, on so many pages. If something is wrong in them, the
// document takes another pass, and comes out right all the same.
Memory earlier_files(const Memory& measured, const std::vector<bool>& kept_sections, int pages);

}  // namespace cvgen::typeset
