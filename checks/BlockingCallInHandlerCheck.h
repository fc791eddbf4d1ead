//===- BlockingCallInHandlerCheck.h -----------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BLOCKINGCALLINHANDLERCHECK_H
#define NETTUNE_BLOCKINGCALLINHANDLERCHECK_H

#include "NettuneCheck.h"

namespace clang::tidy::nettune {

/// Finds calls that block a thread which has an event loop to run.
///
///   timer.async_wait([](std::error_code) { getaddrinfo("db", "5432", nullptr, &R); });
///   // 'getaddrinfo' blocks the event loop
class BlockingCallInHandlerCheck : public NettuneCheck {
public:
  using NettuneCheck::NettuneCheck;

private:
  void analyze(const ::nettune::summary::TuFacts &Facts) override;
};

} // namespace clang::tidy::nettune

#endif // NETTUNE_BLOCKINGCALLINHANDLERCHECK_H
