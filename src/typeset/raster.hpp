// The pages of a PDF as pictures, by poppler's pdftoppm.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"

namespace cvgen::typeset {

// Dots per inch. The most makes 35 million pixels of an A4 page.
inline constexpr int least_dpi = 20;
inline constexpr int usual_dpi = 150;
inline constexpr int most_dpi = 600;

inline constexpr std::string_view rasterizer = "pdftoppm";
// What brings it.
inline constexpr std::string_view rasterizer_cure = "on Debian and Ubuntu `sudo apt-get install poppler-utils` brings it; elsewhere the package is called poppler";

// Whether the program is there; else E0707.
bool can_raster(diag::Sink& sink);

// One PNG for each page, in order. Nothing if it failed, with E0707, E0708 or E0802, or if it was stopped or cvgen interrupted,
// with no diagnostic.
std::optional<std::vector<std::string>> raster(std::string_view pdf, int dpi, std::stop_token stop, diag::Sink& sink);

}  // namespace cvgen::typeset
