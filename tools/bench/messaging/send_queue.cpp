//===- send_queue.cpp - the messages that wait to be sent -------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "send_queue.h"

#include "frame_reader.h"

namespace messaging::detail {

namespace {
/// The longest message that 4 bytes can announce.
constexpr std::size_t longest = 0xffffffff;
} // namespace

send_queue::send_queue(const connection_settings &settings)
    : max_message_size(std::min(settings.max_message_size, longest)),
      max_messages(settings.max_pending_messages), max_bytes(settings.max_pending_bytes),
      batch_bytes(settings.send_buffer_size) {}

bool send_queue::has_room(std::size_t size) const {
  if (pending_messages == 0)
    return true;
  return pending_messages < max_messages && pending_bytes + size <= max_bytes;
}

bool send_queue::half_empty() const {
  return pending_messages <= max_messages / 2 && pending_bytes <= max_bytes / 2;
}

send_queue::pushed send_queue::push(payload &&message) {
  if (message.size() > max_message_size)
    return {error_code::too_large, false};
  const std::lock_guard lock(mutex);
  if (closed)
    return {error_code::closed, false};
  if (!has_room(message.size())) {
    refused = true;
    return {error_code::would_block, false};
  }
  ++pending_messages;
  pending_bytes += message.size();
  waiting.push_back(std::move(message));
  return {error_code::none, !std::exchange(writing, true)};
}

void send_queue::pop_batch(std::vector<payload> &batch) {
  const std::lock_guard lock(mutex);
  std::size_t bytes = 0;
  while (!waiting.empty()) {
    const std::size_t framed = header_size + waiting.front().size();
    if (!batch.empty() && bytes + framed > batch_bytes)
      return;
    bytes += framed;
    batch.push_back(std::move(waiting.front()));
    waiting.pop_front();
  }
  writing = !batch.empty();
}

bool send_queue::written(std::size_t messages, std::size_t bytes) {
  const std::lock_guard lock(mutex);
  pending_messages -= messages;
  pending_bytes -= bytes;
  if (!refused || closed || !half_empty())
    return false;
  refused = false;
  return true;
}

bool send_queue::ask_for_room() {
  const std::lock_guard lock(mutex);
  refused = refused || !has_room(0);
  return !refused;
}

void send_queue::close() {
  const std::lock_guard lock(mutex);
  closed = true;
}

void send_queue::abandon() {
  const std::lock_guard lock(mutex);
  closed = true;
  waiting.clear();
}

bool send_queue::empty() const {
  const std::lock_guard lock(mutex);
  return pending_messages == 0;
}

} // namespace messaging::detail
