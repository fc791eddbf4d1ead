//===- UnclampedHardwareConcurrencyCheck.cpp ------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UnclampedHardwareConcurrencyCheck.h"

#include "FactOrder.h"

namespace clang::tidy::nettune {
using namespace ::nettune::summary;

void UnclampedHardwareConcurrencyCheck::analyze(const TuFacts &Facts) {
  for (const UnclampedCores *U : onePerPlace(Facts.P, Facts.Local.Counts.Unclamped))
    report({U->Where,
            {"%0 may return 0, and then the thread count is %1; clamp %2 with 'std::max(%3u, ...)'",
             {"'" + U->Cores + "'", U->AtZero, U->ClampCores ? "the cores" : "the count",
              std::to_string(U->Least)}},
            {},
            U->Fix});
}

} // namespace clang::tidy::nettune
