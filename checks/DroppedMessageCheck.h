//===- DroppedMessageCheck.h ------------------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_DROPPEDMESSAGECHECK_H
#define NETTUNE_DROPPEDMESSAGECHECK_H

#include "NettuneCheck.h"

namespace clang::tidy::nettune {

/// Finds loops that go on to the next message although this one was not sent.
///
///   for (auto &message : messages)
///     if (!client.send(message))
///       continue; // 'message' is lost
class DroppedMessageCheck : public NettuneCheck {
public:
  using NettuneCheck::NettuneCheck;

private:
  void analyze(const ::nettune::summary::TuFacts &Facts) override;
};

} // namespace clang::tidy::nettune

#endif // NETTUNE_DROPPEDMESSAGECHECK_H
