// <variants> -> Variant values.
#pragma once

#include "model/variant.hpp"
#include "xml/tree.hpp"

namespace cvgen::read {

// Those that the CV declares, in order; none if it declares none.
std::vector<model::Variant> variants(const xml::Element& root);

// The <set> elements in a template or variant.
std::vector<model::Setting> settings(const xml::Element& element);

// The words of a list attribute, each with its place.
std::vector<model::Located> word_list(const xml::Element& element, std::string_view attribute);

}  // namespace cvgen::read
