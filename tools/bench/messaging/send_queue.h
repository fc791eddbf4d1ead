//===- send_queue.h - the messages that wait to be sent ---------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_MESSAGING_SEND_QUEUE_H
#define NETTUNE_BENCH_MESSAGING_SEND_QUEUE_H

#include "messaging.h"
#include "settings.h"

#include <deque>
#include <mutex>
#include <vector>

namespace messaging::detail {

/// A bounded queue between the threads that send and the one that writes. What
/// is being written counts as pending until it is written, so the limits bound
/// the memory.
class send_queue {
public:
  explicit send_queue(const connection_settings &settings);

  struct pushed {
    result accepted;
    bool first; ///< nobody writes yet: the caller has to see to it
  };
  /// Any thread. On failure \p message is unchanged.
  pushed push(payload &&message);

  /// The oldest messages, of about send_buffer_size bytes together, at least
  /// one. Empty: nothing waits, and the next push is the first again.
  void pop_batch(std::vector<payload> &batch);

  /// A batch of so many messages and bytes is written. True if a sender that
  /// was refused is to be told that there is room.
  bool written(std::size_t messages, std::size_t bytes);

  /// True if there is room for a message, and if one was refused, for more than
  /// that; if not, written() will tell.
  bool ask_for_room();

  /// Nothing is accepted any more; what is queued stays.
  void close();
  /// The same, and what is queued is dropped.
  void abandon();
  /// All that was accepted is written.
  bool empty() const;

private:
  bool has_room(std::size_t size) const;
  bool half_empty() const;

  const std::size_t max_message_size, max_messages, max_bytes, batch_bytes;
  mutable std::mutex mutex;
  std::deque<payload> waiting;
  std::size_t pending_messages = 0, pending_bytes = 0;
  bool writing = false; ///< somebody has been told to write
  bool refused = false; ///< since the last time that there was room
  bool closed = false;
};

} // namespace messaging::detail

#endif // NETTUNE_BENCH_MESSAGING_SEND_QUEUE_H
