// Networks whose profile addresses follow from a user name.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cvgen::model {

struct Network {
  std::string_view name;    // as in the schema's `network`
  std::string_view prefix;  // the address without the user name
  std::string_view label;   // to print before a name whose address nobody reads; else empty
};

std::span<const Network> networks();
const Network* find_network(std::string_view name);

}  // namespace cvgen::model
