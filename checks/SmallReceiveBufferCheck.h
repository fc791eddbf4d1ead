//===- SmallReceiveBufferCheck.h --------------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_SMALLRECEIVEBUFFERCHECK_H
#define NETTUNE_SMALLRECEIVEBUFFERCHECK_H

#include "NettuneCheck.h"

namespace clang::tidy::nettune {

/// Finds reads that take less than a message at a time: `recv(fd, &c, 1, 0)` in
/// a loop, `set_receive_buffer_size(1024)` beside messages of 10 KB.
class SmallReceiveBufferCheck : public NettuneCheck {
public:
  using NettuneCheck::NettuneCheck;

private:
  void analyze(const ::nettune::summary::TuFacts &Facts) override;
  void settings(const ::nettune::summary::TuFacts &Facts);
};

} // namespace clang::tidy::nettune

#endif // NETTUNE_SMALLRECEIVEBUFFERCHECK_H
