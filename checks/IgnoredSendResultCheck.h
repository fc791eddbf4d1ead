//===- IgnoredSendResultCheck.h ---------------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_IGNOREDSENDRESULTCHECK_H
#define NETTUNE_IGNOREDSENDRESULTCHECK_H

#include "NettuneCheck.h"

namespace clang::tidy::nettune {

/// Finds sends whose failure the program does not notice.
///
///   client.send(std::move(message)); // a full send queue is reported only through its result
class IgnoredSendResultCheck : public NettuneCheck {
public:
  using NettuneCheck::NettuneCheck;

private:
  void analyze(const ::nettune::summary::TuFacts &Facts) override;
};

} // namespace clang::tidy::nettune

#endif // NETTUNE_IGNOREDSENDRESULTCHECK_H
