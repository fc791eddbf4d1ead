//===- BlockingFinding.cpp ------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BlockingFinding.h"

#include "PathNotes.h"

namespace clang::tidy::nettune {
using namespace ::nettune::summary;
using ::nettune::model::categoryReason;

static std::string quoted(const std::string &Name) { return "'" + Name + "'"; }

Message blockingMessage(llvm::StringRef Api, bool Certain, llvm::StringRef Origin, llvm::StringRef Instead) {
  return {Certain ? llvm::StringLiteral("%0 blocks the event loop: called from %1; %2")
                  : llvm::StringLiteral("%0 may block the event loop: called from %1; %2"),
          {quoted(Api.str()), Origin.str(), Instead.empty() ? "hand it to a worker pool" : Instead.str()}};
}

Finding describeBlocking(const BlockingFinding &B, unsigned MostNotes) {
  const BlockingFinding::Site &First = B.Sites.front();
  Finding F{B.At.value_or(First.Where), blockingMessage(First.Api, B.Certain, B.Origin, B.Instead), {}, {}};
  addPath(B.Path, MostNotes, F.Notes);
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

} // namespace clang::tidy::nettune
