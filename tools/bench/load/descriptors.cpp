//===- descriptors.cpp - the limit of open files ----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "descriptors.h"

#include <sys/resource.h>

namespace load {

namespace {
/// Standard streams, event loop, timers, counters, libraries.
constexpr std::size_t others = 64;
} // namespace

std::optional<std::string> allow_descriptors(std::size_t connections) {
  const rlim_t needed = connections + others;
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur >= needed)
    return std::nullopt;
  if (limit.rlim_max >= needed) {
    limit.rlim_cur = needed;
    if (setrlimit(RLIMIT_NOFILE, &limit) == 0)
      return std::nullopt;
  }
  return std::to_string(connections) + " connections need " + std::to_string(needed) +
         " file descriptors, and the hard limit is " + std::to_string(limit.rlim_max) +
         "; raise it as root with: prlimit --pid $$ --nofile=" + std::to_string(needed) + ":" +
         std::to_string(needed);
}

} // namespace load
