//===- schedule.h - when requests are due -----------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_LOAD_SCHEDULE_H
#define NETTUNE_BENCH_LOAD_SCHEDULE_H

#include <chrono>
#include <cstdint>
#include <random>

namespace load {

enum class arrivals : std::uint8_t {
  poisson, ///< independent clients: exponential gaps
  fixed,   ///< equal gaps
  closed,  ///< no schedule: each connection sends when it has its answer
};

/// The times at which an open loop has to send, whatever the server does. The
/// same seed gives the same times.
class schedule {
public:
  using clock = std::chrono::steady_clock;

  /// \p rate is per second, above 0.
  schedule(arrivals kind, double rate, clock::time_point start, std::uint64_t seed = 1);

  clock::time_point due() const {
    return start + std::chrono::nanoseconds(static_cast<std::int64_t>(offset));
  }
  void advance();

private:
  const arrivals kind;
  const double gap; ///< mean, in nanoseconds
  const clock::time_point start;
  double offset = 0;
  std::mt19937_64 random;
  std::exponential_distribution<double> exponential{1.0};
};

} // namespace load

#endif // NETTUNE_BENCH_LOAD_SCHEDULE_H
