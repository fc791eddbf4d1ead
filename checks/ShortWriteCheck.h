//===- ShortWriteCheck.h ----------------------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SHORTWRITECHECK_H
#define NETTUNE_SHORTWRITECHECK_H

#include "NettuneCheck.h"

namespace clang::tidy::nettune {

/// Finds sends that may take a part only, and whose count nobody uses.
///
///   if (send(fd, data, size, 0) < 0) // what the kernel did not take is never sent
///     return false;
class ShortWriteCheck : public NettuneCheck {
public:
  using NettuneCheck::NettuneCheck;

private:
  void analyze(const ::nettune::summary::TuFacts &Facts) override;
};

} // namespace clang::tidy::nettune

#endif // NETTUNE_SHORTWRITECHECK_H
