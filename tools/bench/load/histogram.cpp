//===- histogram.cpp - times, counted in buckets ----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace load {

namespace {

// Values below 128 have a bucket each; above, each power of two has 128.
constexpr unsigned precision_bits = 7;
constexpr std::size_t per_power = std::size_t{1} << precision_bits;

std::size_t bucket_of(std::uint64_t value) {
  if (value < per_power)
    return static_cast<std::size_t>(value);
  const unsigned shift = static_cast<unsigned>(std::bit_width(value)) - 1 - precision_bits;
  return (shift + 1) * per_power + static_cast<std::size_t>((value >> shift) - per_power);
}

std::uint64_t greatest_of(std::size_t bucket) {
  if (bucket < per_power)
    return bucket;
  const std::size_t shift = bucket / per_power - 1;
  return ((per_power + bucket % per_power + 1) << shift) - 1;
}

} // namespace

histogram::histogram() : counts(bucket_of(largest) + 1) {}

void histogram::record(std::uint64_t value) {
  value = std::min(value, largest);
  ++counts[bucket_of(value)];
  ++total;
  sum += static_cast<double>(value);
  least = std::min(least, value);
  most = std::max(most, value);
}

void histogram::merge(const histogram &other) {
  for (std::size_t i = 0; i < counts.size(); ++i)
    counts[i] += other.counts[i];
  total += other.total;
  sum += other.sum;
  least = std::min(least, other.least);
  most = std::max(most, other.most);
}

double histogram::mean() const { return total ? sum / static_cast<double>(total) : 0; }

std::uint64_t histogram::percentile(double share) const {
  const auto wanted = std::max<std::uint64_t>(
      1, static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(total))));
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    seen += counts[i];
    if (seen >= wanted)
      return std::clamp(greatest_of(i), least, most);
  }
  return most;
}

std::vector<std::pair<std::uint64_t, std::uint64_t>> histogram::buckets() const {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> filled;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i])
      filled.emplace_back(greatest_of(i), counts[i]);
  return filled;
}

} // namespace load
