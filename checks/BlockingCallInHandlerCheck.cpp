//===- BlockingCallInHandlerCheck.cpp -------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BlockingCallInHandlerCheck.h"

#include "BlockingFinding.h"

namespace clang::tidy::nettune {
using namespace ::nettune::summary;

void BlockingCallInHandlerCheck::analyze(const TuFacts &Facts) {
  if (isSummarizing()) {
    for (const BlockingSite &S : Facts.P.facts().Sites)
      mark(S.Where);
    return;
  }
  for (const BlockingFinding &B : Facts.blockingCalls())
    if (B.Certain || options().ReportMayBlock)
      report(describeBlocking(B, options().MaxPathNotes));
}

} // namespace clang::tidy::nettune
