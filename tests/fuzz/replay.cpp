// Runs a target on files: `replay TARGET FILE...`. Ends badly at the first input on which the target does.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>

#include "targets.hpp"

int main(int argc, char** argv) {
  const auto all = cvgen::fuzz::targets();
  if (argc == 1) {
    for (const auto& target : all) std::cout << target.name << "\n";
    return 0;
  }
  const auto target = std::find_if(all.begin(), all.end(), [&](const auto& t) { return t.name == argv[1]; });
  if (target == all.end()) return 2;
  for (int i = 2; i < argc; ++i) {
    std::cout << argv[i] << std::endl;  // the last one named is the one that failed
    std::ifstream file(argv[i], std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(file), {});
    target->run(bytes);
  }
}
