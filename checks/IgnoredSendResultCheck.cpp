//===- IgnoredSendResultCheck.cpp -----------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IgnoredSendResultCheck.h"

#include <map>

namespace clang::tidy::nettune {
using namespace ::nettune::summary;

static std::string quoted(const std::string &Name) { return "'" + Name + "'"; }

/// A call's error that its own handler does not look at.
static Message describeHandler(const SendUse &S) {
  switch (S.Error) {
  case Fate::Logged:
    return {"the handler given to %0 only logs its error; %1", {quoted(S.Api), S.Loses}};
  case Fate::Unbound:
    return {"the handler given to %0 never gets the error; bind its placeholder", {quoted(S.Api)}};
  case Fate::Replaced:
    return {"%0 is bound in place of the error of %1; bind the placeholder",
            {quoted(S.Holder), quoted(S.Api)}};
  default:
    return {"the handler given to %0 ignores its error; %1", {quoted(S.Api), S.Loses}};
  }
}

static Message describe(const SendUse &S) {
  if (S.Told == Teller::Handler)
    return describeHandler(S);
  std::string What = S.Told == Teller::ErrorCode ? "error" : "result";
  switch (S.Error) {
  case Fate::NeverRead:
    return {"%0 of %1 is kept in %2 and never read; %3",
            {What, quoted(S.Api), quoted(S.Holder), S.Loses}};
  case Fate::Overwritten:
    return {"%0 of %1 in %2 is overwritten by the next before it is read; %3",
            {What, quoted(S.Api), quoted(S.Holder), S.Loses}};
  case Fate::Logged:
    return {"%0 of %1 is only logged; %2", {What, quoted(S.Api), S.Loses}};
  case Fate::Added:
    return {"result of %0 is added to %1 unchecked; test it for -1 first",
            {quoted(S.Api), quoted(S.Holder)}};
  case Fate::AsBool:
    return {"result of %0 is taken for a bool, and -1 is true; compare it with the size",
            {quoted(S.Api)}};
  default:
    return {"%0 of %1 is ignored; %2", {What, quoted(S.Api), S.Loses}};
  }
}

void IgnoredSendResultCheck::analyze(const TuFacts &Facts) {
  SocketSet Sockets(Facts.Local.Sends);
  // A handler of several calls, and instantiations of a template, are one finding.
  std::map<Place, Finding> Findings;
  for (const SendUse &S : Facts.Local.Sends.Uses) {
    bool Lost = S.Error != Fate::Used && (S.Error != Fate::Voided || !options().AllowCastToVoid);
    if (!Lost || !Sockets.isStream(S))
      continue;
    Place At = S.Told == Teller::Handler ? S.Lost : S.Where;
    Finding &F = Findings.try_emplace(At, Finding{At, describe(S), {}, {}}).first->second;
    bool Known = llvm::any_of(F.Notes, [&](const Finding::Note &N) { return N.Where == S.Where; });
    if (At != S.Where && !Known)
      F.Notes.push_back({S.Where, {"given to %0 here", {quoted(S.Api)}}});
  }
  for (const auto &[At, F] : Findings)
    report(F);
}

} // namespace clang::tidy::nettune
