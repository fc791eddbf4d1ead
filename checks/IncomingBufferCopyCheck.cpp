//===- IncomingBufferCopyCheck.cpp ----------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IncomingBufferCopyCheck.h"

#include "CopyFinding.h"

#include "summary/ReceivedData.h"

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
  ReceivedData Data(Facts.P.facts(), Facts.P.callables());
  for (const BufferCopy &C : copiesOfReceived(Facts.P.facts(), Data, Copies)) {
    if (isSmall(C))
      continue;
    Finding F = describeCopy(C);
    if (Place Origin = Data.origin(C); Origin.Line && !Facts.isMine(Origin))
      F.Notes.push_back({Origin, {CopyOriginNote, {}}});
    report(F);
  }
  if (isSummarizing()) // whether they are findings, the program will tell
    for (const BufferCopy &C : copiesOfUnknown(Facts.P.facts(), Data, Copies))
      if (!isSmall(C))
        report(describeCopy(C));
}

} // namespace clang::tidy::nettune
