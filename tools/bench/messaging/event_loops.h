//===- event_loops.h - threads that run event loops -------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_MESSAGING_EVENT_LOOPS_H
#define NETTUNE_BENCH_MESSAGING_EVENT_LOOPS_H

#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace messaging::detail {

/// One or more event loops, and the threads that are spread over them.
class event_loops {
public:
  explicit event_loops(std::size_t loops);
  ~event_loops();
  event_loops(const event_loops &) = delete;
  event_loops &operator=(const event_loops &) = delete;

  /// Starts threads that bear \p name. Throws std::system_error if there are no
  /// more threads to be had.
  void start(std::size_t threads, const std::string &name);
  /// The calling thread serves a loop until it has ended.
  void run();
  /// The loops end when all that is under way on them has ended.
  void release();
  /// Waits until every thread has left its loop; those that called run(), too.
  void wait();

  /// Round robin. Any thread.
  asio::io_context &next();

private:
  using work_guard = asio::executor_work_guard<asio::io_context::executor_type>;
  /// What leaves a handler ends the program: its connection would stand still.
  void serve(asio::io_context &loop) noexcept;

  std::vector<std::unique_ptr<asio::io_context>> loops;
  std::atomic<std::size_t> turn{0};
  std::mutex mutex; ///< of what follows
  std::condition_variable all_left;
  std::vector<work_guard> guards;
  std::vector<std::thread> threads;
  std::size_t serving = 0;
};

} // namespace messaging::detail

#endif // NETTUNE_BENCH_MESSAGING_EVENT_LOOPS_H
