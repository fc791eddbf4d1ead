//===- event_loops.cpp - threads that run event loops -----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "event_loops.h"

#include <pthread.h>

namespace messaging::detail {

event_loops::event_loops(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    loops.push_back(std::make_unique<asio::io_context>());
    guards.emplace_back(loops.back()->get_executor());
  }
}

event_loops::~event_loops() {
  release();
  wait();
}

void event_loops::start(std::size_t count, const std::string &name) {
  const std::string shown = name.substr(0, 15); // pthread_setname_np takes no more
  const std::lock_guard lock(mutex);
  for (std::size_t i = 0; i < count; ++i) {
    threads.emplace_back([this, &loop = *loops[i % loops.size()]] { serve(loop); });
    ++serving;
    pthread_setname_np(threads.back().native_handle(), shown.c_str());
  }
}

void event_loops::run() {
  {
    const std::lock_guard lock(mutex);
    ++serving;
  }
  serve(next());
}

void event_loops::serve(asio::io_context &loop) noexcept {
  loop.run();
  const std::lock_guard lock(mutex);
  --serving;
  all_left.notify_all();
}

void event_loops::release() {
  const std::lock_guard lock(mutex);
  guards.clear();
}

void event_loops::wait() {
  std::vector<std::thread> to_join;
  {
    std::unique_lock lock(mutex);
    all_left.wait(lock, [this] { return serving == 0; });
    to_join.swap(threads);
  }
  for (std::thread &thread : to_join)
    thread.join();
}

asio::io_context &event_loops::next() {
  return *loops[turn.fetch_add(1, std::memory_order_relaxed) % loops.size()];
}

} // namespace messaging::detail
