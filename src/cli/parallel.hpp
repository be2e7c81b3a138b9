// Several things at once.
#pragma once

#include <cstddef>
#include <functional>

namespace cvgen::cli {

// Calls `task` for 0 to count - 1, begun in that order, by as many threads as told, this one among them; returns when all
// are done. After an exception in a task no other is begun, and it is thrown here.
void for_each_index(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& task);

}  // namespace cvgen::cli
