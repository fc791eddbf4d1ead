//===- write_batch.h - several messages as one write ------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_MESSAGING_WRITE_BATCH_H
#define NETTUNE_BENCH_MESSAGING_WRITE_BATCH_H

#include "messaging.h"

#include <asio/buffer.hpp>

#include <vector>

namespace messaging::detail {

/// Messages on their way to the kernel, laid out so that few buffers, and with
/// them few system calls, are needed: headers and small messages are copied one
/// behind the other, large ones are sent from where they lie.
class write_batch {
public:
  /// To be filled; gather() comes after.
  std::vector<payload> messages;

  /// Lays the messages out. The buffers are good until clear().
  void gather();
  const std::vector<asio::const_buffer> &buffers() const { return pieces; }
  /// Of the messages alone, without their headers.
  std::size_t payload_bytes() const { return total; }
  /// Of the largest message.
  std::size_t largest() const { return most; }
  /// Keeps the memory for the next batch.
  void clear();

private:
  std::vector<std::uint8_t> copied;
  std::vector<asio::const_buffer> pieces;
  std::size_t total = 0, most = 0;
};

} // namespace messaging::detail

#endif // NETTUNE_BENCH_MESSAGING_WRITE_BATCH_H
