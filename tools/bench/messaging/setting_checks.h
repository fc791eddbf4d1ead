//===- setting_checks.h - mistakes of the program ---------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_MESSAGING_SETTING_CHECKS_H
#define NETTUNE_BENCH_MESSAGING_SETTING_CHECKS_H

#include <chrono>
#include <cstddef>
#include <stdexcept>
#include <string>

namespace messaging::detail {

/// Throws std::logic_error with the name of the server or client unless \p holds.
inline void must(bool holds, const std::string &name, const char *mistake) {
  if (!holds)
    throw std::logic_error(name + ": " + mistake);
}

inline std::size_t positive(std::size_t value) {
  if (value == 0)
    throw std::invalid_argument("a setting is 0");
  return value;
}

inline std::chrono::milliseconds positive(std::chrono::milliseconds value) {
  if (value.count() <= 0)
    throw std::invalid_argument("a time is not positive");
  return value;
}

} // namespace messaging::detail

#endif // NETTUNE_BENCH_MESSAGING_SETTING_CHECKS_H
