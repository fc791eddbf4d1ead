//===- load.h - a load on a server, and what came of it ---------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_LOAD_LOAD_H
#define NETTUNE_BENCH_LOAD_LOAD_H

#include "histogram.h"
#include "protocol.h"
#include "schedule.h"

#include <asio/io_context.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace load {

struct load_options {
  std::string host = "localhost";
  std::uint16_t port = 0;
  request_form form;
  arrivals schedule = arrivals::poisson;
  double rate = 1000; ///< requests a second, of all connections; not for closed
  std::size_t connections = 1;
  std::size_t pipeline = 1;     ///< closed: requests that wait for their answer on a connection
  std::uint64_t iterations = 0; ///< measured requests; 0: by time
  std::chrono::duration<double> duration{0}; ///< measured time; 0: by iterations
  std::chrono::duration<double> warmup{1};   ///< its requests are not in the result
  std::chrono::duration<double> drain{2};    ///< what is not answered so long after the end is lost
  std::chrono::duration<double> connect_time{5};
  std::uint64_t seed = 1;

  /// A closed loop sends after an answer: so long without one, and it ends early.
  std::chrono::duration<double> stall_limit() const { return std::max(drain, connect_time); }
};

struct load_result {
  bool partial = false; ///< ended before its time
  bool stalled = false; ///< closed, by iterations: no answer for load_options::stall_limit()
  std::string failure;  ///< why there was no load at all; empty: there was
  // Requests that were due in the measured time:
  std::uint64_t due = 0; ///< all of them: sent and not_sent
  std::uint64_t answered = 0;
  std::uint64_t lost = 0;     ///< sent, and never answered
  std::uint64_t not_sent = 0; ///< no connection, or too much unsent already
  // Of the whole run:
  std::uint64_t misframed = 0;    ///< streams in which something else than an answer stood
  std::uint64_t out_of_order = 0; ///< answers that overtook an older one of their connection
  std::uint64_t errors = 0;       ///< answers that say so (http)
  std::uint64_t disconnects = 0;  ///< connections that the server closed
  double seconds = 0;             ///< from the first measured request to the last answer
  histogram latency;              ///< ns, from when the request was due: what a client sees
  histogram from_send; ///< ns, from when it was given to the kernel: hides a stalled server
  histogram lag;       ///< ns, between the two: late generator, or (http) no free connection
};

/// One load on one thread's event loop.
class load_generator {
public:
  load_generator(asio::io_context &loop, const load_options &options);
  ~load_generator();
  load_generator(const load_generator &) = delete;
  load_generator &operator=(const load_generator &) = delete;

  /// Runs on the loop at the end of the warm-up, and at the end of the measured time.
  void on_begin(std::function<void()> call);
  void on_end(std::function<void()> call);

  /// Connects and begins; \p done runs on the loop when the result is there.
  void start(std::function<void(const load_result &)> done);
  /// Ends early: the result is partial. On the loop's thread.
  void interrupt();
  /// So far, for a display of progress.
  const load_result &result() const;

private:
  class impl;
  std::shared_ptr<impl> self;
};

} // namespace load

#endif // NETTUNE_BENCH_LOAD_LOAD_H
