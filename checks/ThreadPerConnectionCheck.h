//===- ThreadPerConnectionCheck.h -------------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_THREADPERCONNECTIONCHECK_H
#define NETTUNE_THREADPERCONNECTIONCHECK_H

#include "NettuneCheck.h"

namespace clang::tidy::nettune {

/// Finds a thread made in each round of an accept loop, or each time that a
/// handler of an event loop runs: `std::thread(session, acceptor.accept())`.
class ThreadPerConnectionCheck : public NettuneCheck {
public:
  using NettuneCheck::NettuneCheck;

private:
  void analyze(const ::nettune::summary::TuFacts &Facts) override;
};

} // namespace clang::tidy::nettune

#endif // NETTUNE_THREADPERCONNECTIONCHECK_H
