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
nlohmann::ordered_json split_writes(const std::string &how, std::size_t requests);

/// 300 clients that connect at the same moment, while the server is busy.
nlohmann::ordered_json backlog(int length);

} // namespace scenarios

#endif // NETTUNE_BENCH_SCENARIOS_SCENARIOS_H
