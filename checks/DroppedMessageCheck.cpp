//===- DroppedMessageCheck.cpp --------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DroppedMessageCheck.h"

#include <map>

namespace clang::tidy::nettune {
using namespace ::nettune::summary;

static std::string quoted(const std::string &Name) { return "'" + Name + "'"; }

static Finding explain(const DroppedMessage &D) {
  Finding F{D.Where,
            {"message %0 is dropped when %1 does not take it; keep it until it is sent",
             {quoted(D.Message), quoted(D.Api)}},
            {},
            {}};
  F.Notes.push_back({D.Send, {"%0 fails here", {quoted(D.Api)}}});
  if (!D.Pause.empty())
    F.Notes.push_back({D.Where, {"after %0 the next message is sent, not this one", {quoted(D.Pause)}}});
  return F;
}

void DroppedMessageCheck::analyze(const TuFacts &Facts) {
  SocketSet Sockets(Facts.Local.Sends);
  std::map<Place, Finding> Findings;
  for (const DroppedMessage &D : Facts.Local.Sends.Dropped)
    if (Sockets.isStream(D))
      Findings.try_emplace(D.Where, explain(D));
  for (const auto &[At, F] : Findings)
    report(F);
}

} // namespace clang::tidy::nettune
