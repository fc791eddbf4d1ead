//===- cpu_count.h - how many CPUs this process may use ---------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_MESSAGING_CPU_COUNT_H
#define NETTUNE_BENCH_MESSAGING_CPU_COUNT_H

#include <cstddef>
#include <string>

namespace messaging {

/// The CPUs of this thread's affinity mask (sched_getaffinity(2)), or fewer if
/// the cgroup's quota (cpu.max, cpu.cfs_quota_us), rounded up, is less. At least 1.
/// std::thread::hardware_concurrency() knows nothing of the quota, and may be 0.
std::size_t usable_cpus();

/// The CPUs of the text of a cgroup v2 file cpu.max ("150000 100000" is 1.5),
/// rounded up; 0: no limit, or not such a text.
std::size_t cpus_of_quota(const std::string &cpu_max);

} // namespace messaging

#endif // NETTUNE_BENCH_MESSAGING_CPU_COUNT_H
