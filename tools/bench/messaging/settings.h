//===- settings.h - what a server or client is set to -----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_MESSAGING_SETTINGS_H
#define NETTUNE_BENCH_MESSAGING_SETTINGS_H

#include <chrono>
#include <cstddef>

namespace messaging::detail {

/// The settings that both ends have; messaging.h says what each means.
struct connection_settings {
  std::size_t receive_buffer_size = 8192;
  std::size_t send_buffer_size = 8192;
  std::size_t max_message_size = 1048576;
  std::size_t max_pending_messages = 1024;
  std::size_t max_pending_bytes = 1048576;
  bool tcp_nodelay = false;
  bool zero_copy = false;
  /// Time for the first message, and between two of them. Zero: no limit.
  std::chrono::milliseconds connection_timeout{0};
  std::chrono::milliseconds keep_alive_timeout{0};
};

} // namespace messaging::detail

#endif // NETTUNE_BENCH_MESSAGING_SETTINGS_H
