//===- server_process.h - a server in a process of its own ------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_PROGRAMS_SERVER_PROCESS_H
#define NETTUNE_BENCH_PROGRAMS_SERVER_PROCESS_H

#include "counters.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace bench {

/// Runs a command that prints `port N` on a line of its own as soon as it
/// listens, and ends on SIGTERM. It does not outlive this process.
class server_process {
public:
  /// Waits until the server listens. Throws std::runtime_error if the command
  /// cannot be run, ends, or does not listen within \p time.
  server_process(const std::vector<std::string> &command, std::chrono::milliseconds time);
  /// Ends it.
  ~server_process();
  server_process(const server_process &) = delete;
  server_process &operator=(const server_process &) = delete;

  std::uint16_t port() const { return listens_on; }
  pid_t id() const { return process; }
  const process_counters &counters() const { return *counted; }
  /// True if it has ended by now, and not with 0.
  bool has_failed() const;
  /// SIGTERM, and SIGKILL if it does not end within 5 s. True if it ended with 0.
  bool stop();

private:
  void read_port(std::chrono::milliseconds time, const std::string &name);

  pid_t process = -1;
  int output = -1;
  std::uint16_t listens_on = 0;
  std::unique_ptr<process_counters> counted;
};

} // namespace bench

#endif // NETTUNE_BENCH_PROGRAMS_SERVER_PROCESS_H
