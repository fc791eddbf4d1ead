//===- ThreadOversubscriptionCheck.h ----------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_THREADOVERSUBSCRIPTIONCHECK_H
#define NETTUNE_THREADOVERSUBSCRIPTIONCHECK_H

#include "NettuneCheck.h"

namespace clang::tidy::nettune {

/// Finds more threads than the cores can run, `server.set_thread_count(64)`:
/// more than 2 a core by a number, more than 1 a core of event-loop threads or 2
/// of others by a multiple of the cores. Pools for work that waits are left alone.
class ThreadOversubscriptionCheck : public NettuneCheck {
public:
  using NettuneCheck::NettuneCheck;

private:
  void analyze(const ::nettune::summary::TuFacts &Facts) override;
};

} // namespace clang::tidy::nettune

#endif // NETTUNE_THREADOVERSUBSCRIPTIONCHECK_H
