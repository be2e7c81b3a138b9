// What the world answers: a value, or a Failure in words. No exception leaves io.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace cvgen::io {

// Why the world refused. `what` can stand after a colon: "No such file or directory", "is a folder".
struct Failure {
  std::string what;
  int error = 0;  // errno, 0 if the refusal is our own (too large, a folder)
};

// The Failure of an errno.
Failure failure_of(int error);

// The value of an action that has none.
struct Done {};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Failure failure) : state_(std::in_place_index<1>, std::move(failure)) {}

  explicit operator bool() const { return state_.index() == 0; }

  // Only when there is a value.
  T& operator*() & { return std::get<0>(state_); }
  const T& operator*() const& { return std::get<0>(state_); }
  T&& operator*() && { return std::get<0>(std::move(state_)); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }

  // Only when there is none.
  const Failure& failure() const { return std::get<1>(state_); }

 private:
  std::variant<T, Failure> state_;
};

}  // namespace cvgen::io
