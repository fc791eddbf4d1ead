//===- schedule.cpp - when requests are due ---------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "schedule.h"

namespace load {

schedule::schedule(arrivals kind, double rate, clock::time_point start, std::uint64_t seed)
    : kind(kind), gap(1e9 / rate), start(start), random(seed) {}

void schedule::advance() { offset += kind == arrivals::poisson ? gap * exponential(random) : gap; }

} // namespace load
