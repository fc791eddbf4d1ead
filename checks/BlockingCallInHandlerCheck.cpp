//===- BlockingCallInHandlerCheck.cpp -------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BlockingCallInHandlerCheck.h"

namespace clang::tidy::nettune {
using namespace ::nettune::summary;
using ::nettune::model::categoryReason;

static std::string quoted(const std::string &Name) { return "'" + Name + "'"; }

static Message describe(const PathStep &S) {
  switch (S.K) {
  case PathStep::Kind::Registered:
    return {"%0 runs on the event loop: given to %1 here", {S.Subject, S.Object}};
  case PathStep::Kind::Overrides:
    return {"%0 runs on the event loop: it overrides %1", {S.Subject, S.Object}};
  case PathStep::Kind::Coroutine:
    return {"coroutine %0 runs on the event loop", {S.Subject}};
  case PathStep::Kind::Annotated:
    return {"%0 runs on the event loop: it is annotated %1", {S.Subject, S.Object}};
  case PathStep::Kind::EventLoop:
    return {"the event loop in %0 waits here with %1", {S.Subject, S.Object}};
  case PathStep::Kind::Calls:
    return {"%0 calls %1 here", {S.Subject, S.Object}};
  case PathStep::Kind::CallsVirtual:
    return {"%0 calls %1 here (virtual)", {S.Subject, S.Object}};
  case PathStep::Kind::CallsThroughCallable:
    return {"%0 calls %1 here (through a callable)", {S.Subject, S.Object}};
  }
  llvm_unreachable("all kinds are covered");
}

/// The steps from the loop to the site; of a long path the middle is left out.
static void addPath(const BlockingFinding &B, unsigned Most, std::vector<Finding::Note> &Notes) {
  std::size_t Head = B.Path.size(), Tail = B.Path.size();
  if (B.Path.size() > Most) {
    Head = (Most + 1) / 2;
    Tail = B.Path.size() - Most / 2;
  }
  for (std::size_t I = 0; I < B.Path.size(); ++I) {
    if (I < Head || I >= Tail)
      Notes.push_back({B.Path[I].Where, describe(B.Path[I])});
    else if (I == Head)
      Notes.push_back({B.Path[I].Where,
                       {"%0 further calls are left out", {std::to_string(Tail - Head)}}});
  }
}

static Finding explain(const BlockingFinding &B, unsigned MostNotes) {
  const BlockingFinding::Site &First = B.Sites.front();
  std::string Instead = B.Instead.empty() ? "hand it to a worker pool" : B.Instead;
  Finding F{First.Where,
            {B.Certain ? llvm::StringLiteral("%0 blocks the event loop: called from %1; %2")
                       : llvm::StringLiteral("%0 may block the event loop: called from %1; %2"),
             {quoted(First.Api), B.Origin, Instead}},
            {},
            {}};
  addPath(B, MostNotes, F.Notes);
  if (B.Annotated)
    F.Notes.push_back({First.Where, {"%0 is annotated as blocking", {quoted(First.Api)}}});
  else
    F.Notes.push_back(
        {First.Where, {"%0 waits for %1", {quoted(First.Api), std::string(categoryReason(B.Waits))}}});
  for (std::size_t I = 1; I < B.Sites.size(); ++I)
    F.Notes.push_back({B.Sites[I].Where, {"also blocks here: %0", {quoted(B.Sites[I].Api)}}});
  for (std::size_t I = 0; I < B.AlsoReachedFrom.size() && I < MostNotes; ++I)
    F.Notes.push_back(
        {B.AlsoReachedFrom[I].Where, {"also reached from %0 here", {B.AlsoReachedFrom[I].Name}}});
  return F;
}

void BlockingCallInHandlerCheck::analyze(const TuFacts &Facts) {
  for (const BlockingFinding &B : Facts.P.blockingCallsOnLoop()) {
    if (!B.Certain && !options().ReportMayBlock)
      continue;
    report(explain(B, options().MaxPathNotes));
  }
}

} // namespace clang::tidy::nettune
