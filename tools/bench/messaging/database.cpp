//===- database.cpp - a database that answers after a while -----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "messaging.h"

#include <thread>

namespace messaging {

database::database(std::chrono::microseconds round_trip) : round_trip(round_trip) {}

database::~database() = default;

result_set database::query(std::span<const std::uint8_t> text) {
  std::this_thread::sleep_for(round_trip);
  return result_set(payload(text.begin(), text.end()));
}

std::string_view to_string(error_code error) {
  switch (error) {
  case error_code::none:
    return "none";
  case error_code::would_block:
    return "would_block";
  case error_code::closed:
    return "closed";
  case error_code::too_large:
    return "too_large";
  case error_code::refused:
    return "refused";
  case error_code::unresolved:
    return "unresolved";
  case error_code::timed_out:
    return "timed_out";
  case error_code::failed:
    return "failed";
  }
  return "unknown";
}

} // namespace messaging
