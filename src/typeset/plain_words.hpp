// TeX's error messages, said so that somebody who doesn't know TeX gets an idea.
#pragma once

#include <string>

#include "typeset/log.hpp"

namespace cvgen::typeset {

// Lower case, no full stop: a diagnostic's message.
std::string plain_words(const TexError& error);

}  // namespace cvgen::typeset
