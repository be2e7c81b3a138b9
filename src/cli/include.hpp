// Large CVs in several files: as much of W3C XInclude 1.1 (https://www.w3.org/TR/xinclude-11/) as a CV needs.
//
// `<xi:include href="publications.xml"/>`, with xmlns:xi="http://www.w3.org/2001/XInclude" on it or around it, stands for the
// root element of that file. `href` is relative to the file in which it is written (RFC 3986: %20 is a blank). The file lies
// beside or below the CV, and can be included once, so that there are no loops and no bombs. Nothing else is to be had:
// no pieces (xpointer), no plain text, no fallback, no network.
#pragma once

#include <optional>

#include "cli/session.hpp"

namespace cvgen::cli {

// The tree of a file of the session's sources with what it includes in place; the sources grow by those files. Nothing if
// one of them has no tree or can't be had: E01xx, E0404 and E0405 in the session's sink.
std::optional<xml::Document> parse_whole(std::uint32_t file, Session& session);

}  // namespace cvgen::cli
