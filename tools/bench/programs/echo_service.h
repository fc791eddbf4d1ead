//===- echo_service.h - a server that loses nothing -------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_PROGRAMS_ECHO_SERVICE_H
#define NETTUNE_BENCH_PROGRAMS_ECHO_SERVICE_H

#include "messaging.h"

#include <mutex>
#include <unordered_map>

namespace bench {

/// Sends each message back. A session whose queue is full keeps one message
/// here and is not read from until there is room: the client is slowed down by
/// TCP, and nothing is lost.
class echo_service {
public:
  /// Sets the handlers; \p server outlives this.
  explicit echo_service(messaging::messaging_server &server);

  /// To be used by other handlers in place of server.send().
  void answer(messaging::session_id id, messaging::payload &&data);

private:
  void on_writable(messaging::session_id id);
  void forget(messaging::session_id id);

  messaging::messaging_server &server;
  std::mutex mutex;
  std::unordered_map<messaging::session_id, messaging::payload> held;
};

/// Says `port N` on standard output, and serves until SIGINT or SIGTERM; these
/// must be blocked already (block_signals). 0, or 1 with a word on standard error.
int serve_until_signal(messaging::messaging_server &server, std::uint16_t port);

/// Blocks SIGINT and SIGTERM for this thread and those that it will start.
void block_signals();

} // namespace bench

#endif // NETTUNE_BENCH_PROGRAMS_ECHO_SERVICE_H
