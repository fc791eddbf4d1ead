@header_banner@
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef @guard@
#define @guard@

#include "NettuneCheck.h"

namespace clang::tidy::nettune {

/// REPLACE THIS: one sentence of contract, and an example that could be a test.
class @cls@ : public NettuneCheck {
public:
  using NettuneCheck::NettuneCheck;

private:
  void analyze(const ::nettune::summary::TuFacts &Facts) override;
};

} // namespace clang::tidy::nettune

#endif // @guard@
