//===- counters.h - what a process has cost so far --------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_PROGRAMS_COUNTERS_H
#define NETTUNE_BENCH_PROGRAMS_COUNTERS_H

#include <nlohmann/json.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <sys/types.h>
#include <vector>

namespace bench {

/// Totals since the process began, by name:
///   cpu_us, user_us, system_us          /proc/PID/task/*/schedstat, /proc/PID/stat
///   voluntary_switches, involuntary_switches   /proc/PID/task/*/status
///   page_faults                          /proc/PID/stat, minor and major
///   syscalls, reads, writes              the kernel's tracepoint of system calls
using counts = std::map<std::string, std::int64_t>;

/// Counts what one process does, all its threads together.
class process_counters {
public:
  /// To be made before the process starts threads or runs its own code: its
  /// system calls are counted from here on.
  explicit process_counters(pid_t process);
  ~process_counters();
  process_counters(const process_counters &) = delete;
  process_counters &operator=(const process_counters &) = delete;

  counts read() const;
  /// Why system calls are not counted, and what to do; empty: they are.
  const std::string &missing() const { return reason; }

private:
  struct event {
    std::string name;
    int fd;
  };
  /// Counts these system calls; none given: all.
  bool open(const std::string &name, const std::vector<long> &calls);

  const pid_t process;
  std::vector<event> events;
  std::string reason;
};

/// Bytes of memory that the process has, and the most that it had.
struct memory_use {
  std::int64_t resident = 0, peak = 0;
};
memory_use memory_of(pid_t process);

} // namespace bench

#endif // NETTUNE_BENCH_PROGRAMS_COUNTERS_H
