//===- cpu_count.cpp - how many CPUs this process may use -------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "cpu_count.h"

#include <algorithm>
#include <fstream>
#include <sched.h>
#include <sstream>

namespace messaging {

namespace {

std::string contents(const std::string &path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The path of this process below a hierarchy's root: of /proc/self/cgroup, the
/// line of \p controller ("": cgroup v2).
std::string cgroup_path(const std::string &controller) {
  std::ifstream file("/proc/self/cgroup");
  for (std::string line; std::getline(file, line);) {
    const std::size_t first = line.find(':'), second = line.find(':', first + 1);
    if (second == std::string::npos)
      continue;
    const std::string names = "," + line.substr(first + 1, second - first - 1) + ",";
    if (controller.empty() ? names == ",,"
                           : names.find("," + controller + ",") != std::string::npos)
      return line.substr(second + 1);
  }
  return "/";
}

std::size_t affinity() {
  cpu_set_t mask;
  CPU_ZERO(&mask);
  if (sched_getaffinity(0, sizeof mask, &mask) != 0)
    return 1; // more than CPU_SETSIZE CPUs
  return static_cast<std::size_t>(std::max(1, CPU_COUNT(&mask)));
}

/// Of this process's cgroup, else of what a container sees as the root.
std::size_t quota() {
  for (const std::string &group : {cgroup_path(""), std::string()})
    if (const std::size_t cpus = cpus_of_quota(contents("/sys/fs/cgroup" + group + "/cpu.max")))
      return cpus;
  for (const std::string &group : {cgroup_path("cpu"), std::string()}) {
    const std::string folder = "/sys/fs/cgroup/cpu" + group;
    if (const std::size_t cpus = cpus_of_quota(contents(folder + "/cpu.cfs_quota_us") + " " +
                                               contents(folder + "/cpu.cfs_period_us")))
      return cpus;
  }
  return 0;
}

} // namespace

std::size_t cpus_of_quota(const std::string &cpu_max) {
  std::istringstream text(cpu_max);
  long long quota = 0, period = 0;
  if (!(text >> quota >> period) || quota <= 0 || period <= 0)
    return 0;
  return static_cast<std::size_t>((quota + period - 1) / period);
}

std::size_t usable_cpus() {
  const std::size_t limit = quota();
  return limit == 0 ? affinity() : std::min(affinity(), limit);
}

} // namespace messaging
