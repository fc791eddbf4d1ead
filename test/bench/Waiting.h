//===- Waiting.h - what happens on another thread, within a time -*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TEST_BENCH_WAITING_H
#define NETTUNE_TEST_BENCH_WAITING_H

#include <chrono>
#include <thread>

/// True as soon as the condition holds; false if it does not within the limit.
template <typename Condition>
bool eventually(Condition holds, std::chrono::seconds limit = std::chrono::seconds(10)) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end)
      return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

#endif // NETTUNE_TEST_BENCH_WAITING_H
