// The entry that libFuzzer calls; CVGEN_FUZZ_TARGET is the function to run.
#include "targets.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  cvgen::fuzz::CVGEN_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
  return 0;
}
