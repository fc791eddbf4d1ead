//===- PathNotes.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PathNotes.h"

#include <llvm/Support/ErrorHandling.h>

namespace clang::tidy::nettune {
using namespace ::nettune::summary;

static Message describe(const PathStep &S) {
  switch (S.K) {
  case PathStep::Kind::Registered:
    return {"%0 runs on the event loop: given to %1 here", {S.Subject, S.Object}};
  case PathStep::Kind::Assumed:
    return {"%0 is taken to run on the event loop: given to %1 here, whose body is not seen", {S.Subject, S.Object}};
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

void addPath(const std::vector<PathStep> &Path, unsigned Most, std::vector<Finding::Note> &Notes) {
  std::size_t Head = Path.size(), Tail = Path.size();
  if (Path.size() > Most) {
    Head = (Most + 1) / 2;
    Tail = Path.size() - Most / 2;
  }
  for (std::size_t I = 0; I < Path.size(); ++I) {
    if (I < Head || I >= Tail)
      Notes.push_back({Path[I].Where, describe(Path[I])});
    else if (I == Head)
      Notes.push_back({Path[I].Where,
                       {Tail - Head == 1 ? llvm::StringLiteral("%0 further call is left out")
                                         : llvm::StringLiteral("%0 further calls are left out"),
                        {std::to_string(Tail - Head)}}});
  }
}

} // namespace clang::tidy::nettune
