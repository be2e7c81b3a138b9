// Reads a PDF back and compares it with the CV that it was made of.
#pragma once

#include <optional>
#include <string>

#include "diag/diagnostic.hpp"
#include "model/cv.hpp"

namespace cvgen::cli {

// A closing line, with counts, if nothing is wrong; else the sink has what is. `shown` names the PDF in messages. With
// `may_leave_out`, entries and points that are not there at all are the page budget's doing.
std::optional<std::string> proofread(const model::Cv& cv, const std::string& pdf, const std::string& shown, bool may_leave_out, const diag::Sources& sources, diag::Sink& sink);

// The same for a PDF that is in memory.
std::optional<std::string> proofread_bytes(const model::Cv& cv, const std::string& bytes, const std::string& shown, const diag::Sources& sources, diag::Sink& sink);

}  // namespace cvgen::cli
