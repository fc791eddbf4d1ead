//===- ShortWriteCheck.cpp ------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ShortWriteCheck.h"

#include <map>

namespace clang::tidy::nettune {
using namespace ::nettune::summary;

static std::string quoted(const std::string &Name) { return "'" + Name + "'"; }

/// The error was seen, so the program goes on as if everything had been taken.
static bool isShort(const SendUse &S) {
  bool ErrorSeen = S.Error == Fate::Used || S.Error == Fate::Voided;
  return S.Partial && ErrorSeen && S.Count != Fate::Used && S.Count != Fate::Voided;
}

static Message describe(const SendUse &S) {
  if (!S.Whole.empty())
    return {"%0 can take a part only, and its count is not used; use %1",
            {quoted(S.Api), quoted(S.Whole)}};
  return {"%0 can take a part only, and its count is not used; go on where it stopped",
          {quoted(S.Api)}};
}

void ShortWriteCheck::analyze(const TuFacts &Facts) {
  SocketSet Sockets(Facts.Local.Sends);
  // The call that sends everything waits until it has: not for code on a loop,
  // and not the same with a descriptor that never waits.
  bool MayWait = true;
  Facts.forEachProgram([&](const Program &P, auto) { MayWait &= P.facts().NonblockingFds.empty(); });
  std::map<Place, Finding> Findings;
  for (const SendUse &S : Facts.Local.Sends.Uses) {
    if (!isShort(S) || !Sockets.isCut(S))
      continue;
    Finding F{S.Where, describe(S), {}, {}};
    if (MayWait && !Facts.runsOnLoop(S.In))
      F.Fixes = S.Fixes;
    Findings.try_emplace(S.Where, std::move(F));
  }
  for (const auto &[At, F] : Findings)
    report(F);
}

} // namespace clang::tidy::nettune
