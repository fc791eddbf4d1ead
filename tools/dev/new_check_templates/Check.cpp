@source_banner@
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "@cls@.h"

namespace clang::tidy::nettune {
using namespace ::nettune::summary;

// REPLACE THIS: the query that the check is, with a message of its own.
void @cls@::analyze(const TuFacts &Facts) {
  for (const BlockingFinding &B : Facts.P.blockingCallsOnLoop()) {
    if (B.Waits != ::nettune::model::Category::Sleep)
      continue;
    const BlockingFinding::Site &Site = B.Sites.front();
    report({Site.Where,
            {"%0 sleeps on the event loop; use a timer of the loop", {"'" + Site.Api + "'"}},
            {},
            {}});
  }
}

} // namespace clang::tidy::nettune
