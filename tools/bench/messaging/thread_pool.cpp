//===- thread_pool.cpp - threads for work that waits ------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "messaging.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace messaging {

class thread_pool::impl {
public:
  impl(std::size_t count, std::size_t max_queue) : max_queue(max_queue) {
    if (count == 0)
      throw std::invalid_argument("thread_pool: no threads");
    for (std::size_t i = 0; i < count; ++i)
      threads.emplace_back([this] { work(); });
  }

  ~impl() {
    {
      const std::lock_guard lock(mutex);
      ending = true;
    }
    changed.notify_all();
    for (std::thread &thread : threads)
      thread.join();
  }

  result push(std::unique_ptr<task> next) {
    {
      const std::lock_guard lock(mutex);
      if (ending)
        return error_code::closed;
      if (waiting.size() >= max_queue + idle)
        return error_code::would_block;
      waiting.push_back(std::move(next));
    }
    changed.notify_one();
    return {};
  }

private:
  void work() {
    std::unique_lock lock(mutex);
    for (;;) {
      ++idle;
      changed.wait(lock, [this] { return ending || !waiting.empty(); });
      --idle;
      if (waiting.empty())
        return;
      const std::unique_ptr<task> next = std::move(waiting.front());
      waiting.pop_front();
      lock.unlock();
      next->run();
      lock.lock();
    }
  }

  const std::size_t max_queue;
  std::mutex mutex; ///< of what follows
  std::condition_variable changed;
  std::deque<std::unique_ptr<task>> waiting;
  std::size_t idle = 0; ///< threads that wait for work: theirs does not wait for a thread
  bool ending = false;
  std::vector<std::thread> threads; ///< last: they use all of the above
};

thread_pool::thread_pool(std::size_t threads, std::size_t max_queue)
    : self(std::make_unique<impl>(threads, max_queue)) {}

thread_pool::~thread_pool() = default;

result thread_pool::push(std::unique_ptr<task> work) { return self->push(std::move(work)); }

} // namespace messaging
