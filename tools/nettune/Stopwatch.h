//===- Stopwatch.h - seconds between two points -----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_STOPWATCH_H
#define NETTUNE_TOOLS_STOPWATCH_H

#include <chrono>

namespace nettune::cli {

class Stopwatch {
public:
  /// Seconds since it was made, or since the lap before.
  double lap() {
    auto Now = std::chrono::steady_clock::now();
    std::chrono::duration<double> Passed = Now - Since;
    Since = Now;
    return Passed.count();
  }

private:
  std::chrono::steady_clock::time_point Since = std::chrono::steady_clock::now();
};

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_STOPWATCH_H
