//===- scenarios.h - the anti-patterns, each beside its remedy --*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each function runs one scenario in the variant that is named and says what came
// of it; tools/bench/measure compares the variants. A line that holds an
// anti-pattern which nettune knows ends with `// BAD` and the check's name, and a
// test compares these marks with what nettune finds.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_SCENARIOS_SCENARIOS_H
#define NETTUNE_BENCH_SCENARIOS_SCENARIOS_H

#include "sockets.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>

namespace scenarios {

struct server_variant {
  /// inline, or pool: where marked messages wait for the database.
  std::string blocking = "pool";
  std::size_t round_trip_us = 5000;
  /// none: the message is sent back; once: a copy of it; pooled: a copy in memory
  /// that is used again; thrice: the last of three live copies.
  std::string copies = "none";
  std::size_t threads = 1, loops = 1, receive_buffer = 65536;
  std::size_t work_us = 0; ///< CPU time that each message takes
};
/// Serves until SIGTERM. The exit code.
int serve(const server_variant &variant);

/// 4 KiB messages to a reader that takes 40 MB/s. ignore: what send() returns is
/// not looked at; drop: a message that finds the socket full is left out, after a
/// pause; retry: pause, and the same bytes again; wait: poll, and on from where it
/// was; unbounded, bounded: a thread writes from a queue without and with a limit.
nlohmann::ordered_json sends(const std::string &how, std::size_t messages);

/// 100-byte messages, so many with each send().
nlohmann::ordered_json batches(std::size_t per_send, double seconds);

/// Requests of a header and a body, one after the other. split: two writes;
/// split_nodelay: the same with TCP_NODELAY; gather: one writev().
nlohmann::ordered_json split_writes(const std::string &how, std::size_t requests, const route &way,
                                    const fixed_buffers &buffers);

/// So many clients that connect at the same moment, while the server is busy.
nlohmann::ordered_json backlog(int length, int clients);

/// So many clients, each with a request of its own, of a server that takes \p limit
/// connections.
nlohmann::ordered_json crowd(std::size_t limit, int clients);

struct transfer_variant {
  std::size_t read_buffer = 65536; ///< bytes that the receiver asks for at a time
  double warmup_s = 0.5, seconds = 1;
};
/// One sender that always has more to send, one receiver that always reads.
nlohmann::ordered_json transfer(const transfer_variant &variant, const route &way,
                                const fixed_buffers &buffers);

/// Two bursts of 200 KB, a pause, and a third one, which is measured.
nlohmann::ordered_json bursts(double pause_s, const route &way);

/// Four threads that look something up in a table and ask a peer which needs 1 ms.
/// held: the table stays locked until the answer is there; released: only while
/// it is looked up. own: each thread has a table.
nlohmann::ordered_json locks(const std::string &how, bool own, double seconds);

/// Messages of so many bytes to a file. flushed: std::endl; buffered: '\n'; synced:
/// fdatasync() after each; synced_64: after 64 of them.
nlohmann::ordered_json log(const std::string &how, std::size_t size, std::size_t messages);

} // namespace scenarios

#endif // NETTUNE_BENCH_SCENARIOS_SCENARIOS_H
