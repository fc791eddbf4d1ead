//===- zero_copy.h - sending without the kernel's copy ----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Linux MSG_ZEROCOPY: the kernel sends from the program's memory and says later,
// on the socket's error queue, when it needs it no more.
// Source: kernel, Documentation/networking/msg_zerocopy.rst.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_MESSAGING_ZERO_COPY_H
#define NETTUNE_BENCH_MESSAGING_ZERO_COPY_H

#include "write_batch.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <system_error>

namespace messaging::detail {

/// One socket's batches that the kernel may still read. Not thread-safe.
class zero_copy_sender {
public:
  /// "Generally effective at writes over around 10 KB."
  static constexpr std::size_t worthwhile = 10240;

  /// Asks the kernel to allow it. False: it does not know it.
  bool enable(int socket);
  bool enabled() const { return allowed; }

  /// Sends what is left of the batch, as far as the socket takes it now.
  /// std::errc::operation_would_block: wait until it is writable, and again.
  std::error_code send(int socket, const write_batch &batch);
  /// To be called when all of the batch is sent: keeps it until released().
  void keep(std::unique_ptr<write_batch> batch);

  /// Reads what the kernel says, and gives back a batch that it needs no more;
  /// null: it still needs all of them, or there are none.
  std::unique_ptr<write_batch> released(int socket);
  bool waiting() const { return !kept.empty(); }

private:
  void read_notifications(int socket);

  struct entry {
    std::uint32_t end; ///< one beyond the number of its last send call
    std::unique_ptr<write_batch> batch;
  };
  bool allowed = false;
  std::size_t sent = 0; ///< bytes of the batch that is being sent
  /// The kernel numbers the calls that it took, from 0, and wraps.
  std::uint32_t calls = 0, done = 0;
  std::deque<entry> kept;
};

} // namespace messaging::detail

#endif // NETTUNE_BENCH_MESSAGING_ZERO_COPY_H
