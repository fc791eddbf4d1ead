//===- buffer_pool.cpp - memory that is used again --------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "messaging.h"

#include <mutex>

namespace messaging {

class buffer_pool::impl {
public:
  explicit impl(std::size_t max_buffers) : max_buffers(max_buffers) { unused.reserve(max_buffers); }

  payload take() {
    const std::lock_guard lock(mutex);
    if (unused.empty())
      return {};
    payload bytes = std::move(unused.back());
    unused.pop_back();
    return bytes;
  }

  void give(payload &&bytes) noexcept {
    const std::lock_guard lock(mutex);
    if (unused.size() < max_buffers)
      unused.push_back(std::move(bytes)); // no allocation: the room is reserved
  }

private:
  const std::size_t max_buffers;
  std::mutex mutex;
  std::vector<payload> unused;
};

buffer_pool::buffer_pool(std::size_t max_buffers) : self(std::make_unique<impl>(max_buffers)) {}

buffer_pool::~buffer_pool() = default;

pooled_buffer buffer_pool::acquire(std::size_t size) {
  payload bytes = self->take();
  bytes.resize(size);
  return pooled_buffer(*this, std::move(bytes));
}

void buffer_pool::release(payload &&bytes) noexcept {
  if (bytes.capacity() != 0) // else somebody has taken it
    self->give(std::move(bytes));
}

pooled_buffer::pooled_buffer(buffer_pool &owner, payload &&bytes)
    : owner(&owner), bytes(std::move(bytes)) {}

pooled_buffer::pooled_buffer(pooled_buffer &&other) noexcept
    : owner(std::exchange(other.owner, nullptr)), bytes(std::move(other.bytes)) {}

pooled_buffer &pooled_buffer::operator=(pooled_buffer &&other) noexcept {
  if (this == &other)
    return *this;
  if (owner)
    owner->release(std::move(bytes));
  owner = std::exchange(other.owner, nullptr);
  bytes = std::move(other.bytes);
  return *this;
}

pooled_buffer::~pooled_buffer() {
  if (owner)
    owner->release(std::move(bytes));
}

} // namespace messaging
