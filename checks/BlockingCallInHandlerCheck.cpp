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
  auto Report = [&](const BlockingFinding &B) {
    if (B.Certain || options().ReportMayBlock)
      report(describeBlocking(B, options().MaxPathNotes));
  };
  for (const BlockingFinding &B : Facts.P.blockingCallsOnLoop())
    if (Facts.isMine(B.Sites.front().Where))
      Report(B);
  if (!Facts.MainFile.empty())
    for (const BlockingFinding &B : Facts.P.blockingCallsBeyond(Facts.MainFile))
      if (!Facts.isMine(B.Sites.front().Where))
        Report(B);
}

} // namespace clang::tidy::nettune
