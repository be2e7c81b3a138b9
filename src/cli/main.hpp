// The command line: which command, and how a run ends.
#pragma once

namespace cvgen::cli {

// The whole program. Returns the exit code; never throws.
int main(int argc, char** argv);

}  // namespace cvgen::cli
