//===- IncomingBufferCopyCheck.cpp ----------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IncomingBufferCopyCheck.h"

#include "CopyFinding.h"

#include "summary/ReceivedData.h"

#include <set>

namespace clang::tidy::nettune {
using namespace ::nettune::summary;

/// What is known of the size says that it does not matter.
bool IncomingBufferCopyCheck::isSmall(const BufferCopy &C) const {
  unsigned Least = options().MinCopyBytes;
  if (C.MostBytes && C.MostBytes < Least)
    return true;
  return options().TypicalMessageBytes && options().TypicalMessageBytes < Least;
}

void IncomingBufferCopyCheck::analyze(const TuFacts &Facts) {
  const CopyFacts &Copies = Facts.Local.Copies;
  std::set<std::pair<Place, std::string>> Told; // in one of the programs it was received
  Facts.forEachProgram([&](const Program &P, llvm::function_ref<Place(Place)> Mine) {
    ReceivedData Data(P.facts(), P.callables());
    for (const BufferCopy &C : copiesOfReceived(P.facts(), Data, Copies)) {
      if (isSmall(C) || !Told.emplace(C.Where, copyText(C)).second)
        continue;
      Finding F = describeCopy(C);
      if (Place Origin = Data.origin(C); Origin.Line && !Facts.isMine(Mine(Origin)))
        F.Notes.push_back({Mine(Origin), {CopyOriginNote, {}}});
      report(F);
    }
  });
  if (!isSummarizing())
    return;
  // Whether they are findings, the program will tell.
  ReceivedData Data(Facts.P.facts(), Facts.P.callables());
  for (const BufferCopy &C : copiesOfUnknown(Facts.P.facts(), Data, Copies))
    if (!isSmall(C))
      report(describeCopy(C));
}

} // namespace clang::tidy::nettune
