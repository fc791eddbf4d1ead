//===- IncomingBufferCopyCheck.h --------------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_INCOMINGBUFFERCOPYCHECK_H
#define NETTUNE_INCOMINGBUFFERCOPYCHECK_H

#include "NettuneCheck.h"

namespace clang::tidy::nettune {

/// Copies of received data that are only read, or made where the source could
/// have been moved.
///
///   void onMessage(const payload &data) {
///     auto copy = data; // 'data' is copied into 'copy' but never modified
///     parse(copy);
///   }
class IncomingBufferCopyCheck : public NettuneCheck {
public:
  using NettuneCheck::NettuneCheck;

private:
  void analyze(const ::nettune::summary::TuFacts &Facts) override;
  bool isSmall(const ::nettune::summary::BufferCopy &C) const;
};

} // namespace clang::tidy::nettune

#endif // NETTUNE_INCOMINGBUFFERCOPYCHECK_H
