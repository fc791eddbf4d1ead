//===- delay_line.h - packets that are under way ----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_WAN_DELAY_LINE_H
#define NETTUNE_BENCH_WAN_DELAY_LINE_H

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace wan {

using clock = std::chrono::steady_clock;
using packet = std::vector<std::uint8_t>;

/// What a path does to each packet.
struct path {
  std::chrono::nanoseconds delay{0}; ///< one way, after the packet has left
  double bytes_per_second = 0;       ///< 0: no limit
  std::size_t queue_bytes = 1 << 20; ///< that wait to leave; what finds them full is dropped
  std::uint64_t drop_every = 0;      ///< each so-many-th packet is lost; 0: none
};

/// One direction of a path: packets wait until those before them have left at the
/// path's rate, and arrive its delay later, in order.
class delay_line {
public:
  explicit delay_line(const path &of) : of(of) {}

  /// False: dropped.
  bool push(packet data, clock::time_point now);
  /// When the next packet arrives; none: nothing is under way.
  std::optional<clock::time_point> next() const;
  /// A packet that has arrived by \p now.
  std::optional<packet> pop(clock::time_point now);

private:
  struct travelling {
    clock::time_point arrives;
    packet data;
  };
  const path of;
  clock::time_point free_at{}; ///< when the last byte of all that waits has left
  std::uint64_t pushed = 0;
  std::deque<travelling> under_way;
};

} // namespace wan

#endif // NETTUNE_BENCH_WAN_DELAY_LINE_H
