//===- UnclampedHardwareConcurrencyCheck.h ----------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_UNCLAMPEDHARDWARECONCURRENCYCHECK_H
#define NETTUNE_UNCLAMPEDHARDWARECONCURRENCYCHECK_H

#include "NettuneCheck.h"

namespace clang::tidy::nettune {

/// Finds `hardware_concurrency() - 1` and the like as a count of threads, where
/// nobody thought of the 0 that it may return.
class UnclampedHardwareConcurrencyCheck : public NettuneCheck {
public:
  using NettuneCheck::NettuneCheck;

private:
  void analyze(const ::nettune::summary::TuFacts &Facts) override;
};

} // namespace clang::tidy::nettune

#endif // NETTUNE_UNCLAMPEDHARDWARECONCURRENCYCHECK_H
