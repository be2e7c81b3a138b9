#include "cli/main.hpp"

int main(int argc, char** argv) { return cvgen::cli::main(argc, argv); }
