//===- histogram.h - times, counted in buckets ------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_LOAD_HISTOGRAM_H
#define NETTUNE_BENCH_LOAD_HISTOGRAM_H

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace load {

/// Counts of values from 0 to 2^42 (nanoseconds: 73 minutes) in buckets whose
/// width grows with the value, so that every percentile is within 1/128 of the
/// true one, at 35 KB whatever is recorded. Larger values count as the largest.
class histogram {
public:
  histogram();

  void record(std::uint64_t value);
  void merge(const histogram &other);

  std::uint64_t count() const { return total; }
  /// The least and the greatest value, exact; 0 without values.
  std::uint64_t min() const { return total ? least : 0; }
  std::uint64_t max() const { return most; }
  /// Exact; 0 without values.
  double mean() const;
  /// The least value that at least this share of all values does not exceed,
  /// rounded up by less than 1/128. \p share is 0 to 1; 0 without values.
  std::uint64_t percentile(double share) const;
  /// The buckets that hold something: greatest value, count.
  std::vector<std::pair<std::uint64_t, std::uint64_t>> buckets() const;

  static constexpr std::uint64_t largest = (std::uint64_t{1} << 42) - 1;

private:
  std::vector<std::uint64_t> counts;
  std::uint64_t total = 0, least = largest, most = 0;
  double sum = 0;
};

} // namespace load

#endif // NETTUNE_BENCH_LOAD_HISTOGRAM_H
