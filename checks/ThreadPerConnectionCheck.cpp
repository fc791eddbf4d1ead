//===- ThreadPerConnectionCheck.cpp ---------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ThreadPerConnectionCheck.h"

#include "FactOrder.h"
#include "PathNotes.h"

namespace clang::tidy::nettune {
using namespace ::nettune::summary;

void ThreadPerConnectionCheck::analyze(const TuFacts &Facts) {
  for (const ThreadMade *T : onePerPlace(Facts.P, Facts.Local.Counts.Made)) {
    std::string Api = "'" + T->Api + "'";
    if (std::optional<Place> Accept = Facts.acceptAround(T->In, T->Loops))
      report({T->Where,
              {"%0 makes a thread for each connection; serve it on an event loop or a bounded pool", {Api}},
              {{*Accept, {"connections are accepted here", {}}}},
              {}});
    else if (Facts.runsOnLoop(T->In, T->Loops)) {
      Program::LoopPath Why = Facts.path(T->In, T->Loops);
      Finding F{T->Where,
                {"%0 makes a thread each time %1 runs; hand the work to a bounded pool", {Api, Why.Origin}},
                {},
                {}};
      addPath(Why.Steps, options().MaxPathNotes, F.Notes);
      report(F);
    }
  }
}

} // namespace clang::tidy::nettune
