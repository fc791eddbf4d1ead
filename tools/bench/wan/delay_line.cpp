//===- delay_line.cpp - packets that are under way --------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "delay_line.h"

#include <algorithm>
#include <utility>

namespace wan {

bool delay_line::push(packet data, clock::time_point now) {
  ++pushed;
  if (of.drop_every != 0 && pushed % of.drop_every == 0)
    return false;
  free_at = std::max(free_at, now);
  if (of.bytes_per_second > 0) {
    const std::chrono::duration<double> waits = free_at - now;
    if (waits.count() * of.bytes_per_second + static_cast<double>(data.size()) >
        static_cast<double>(of.queue_bytes))
      return false;
    free_at += std::chrono::duration_cast<clock::duration>(
        std::chrono::duration<double>(static_cast<double>(data.size()) / of.bytes_per_second));
  }
  under_way.push_back({free_at + of.delay, std::move(data)});
  return true;
}

std::optional<clock::time_point> delay_line::next() const {
  if (under_way.empty())
    return std::nullopt;
  return under_way.front().arrives;
}

std::optional<packet> delay_line::pop(clock::time_point now) {
  if (under_way.empty() || under_way.front().arrives > now)
    return std::nullopt;
  packet data = std::move(under_way.front().data);
  under_way.pop_front();
  return data;
}

} // namespace wan
