//===- PrivateContexts.cpp ------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/PrivateContexts.h"

namespace nettune::summary {

/// Functions that run a context, and are called by others than workers.
static llvm::DenseSet<FunctionId> calledElsewhere(const Facts &F,
                                                  const std::vector<bool> &Workers) {
  llvm::DenseSet<FunctionId> Running, Result;
  for (const ContextUse &U : F.Contexts)
    if (U.K == ContextUse::Kind::Runs)
      Running.insert(U.In);
  for (const Call &C : F.Calls)
    if (C.K == Call::Kind::Direct && !Workers[C.Caller] && Running.contains(C.Callee))
      Result.insert(C.Callee);
  return Result;
}

llvm::DenseSet<StringId> privateContexts(const Facts &F, const std::vector<bool> &Workers) {
  llvm::DenseSet<StringId> Private, Public;
  if (F.Contexts.empty())
    return Private;
  llvm::DenseSet<FunctionId> Elsewhere = calledElsewhere(F, Workers);
  for (const ContextUse &U : F.Contexts) {
    if (U.K == ContextUse::Kind::Runs)
      (Workers[U.In] && !Elsewhere.contains(U.In) ? Private : Public).insert(U.Object);
    else if (U.K == ContextUse::Kind::Shared)
      Public.insert(U.Object);
  }
  llvm::DenseSet<StringId> Served;
  for (const Registration &R : F.Registrations)
    if (R.On != 0 && !R.Peerless && R.RunsOn == model::Thread::Loop)
      Served.insert(R.On);
  for (StringId Object : Served)
    Public.insert(Object);
  for (const ContextUse &U : F.Contexts)
    if (U.K == ContextUse::Kind::Feeds && Served.contains(U.Fed))
      Public.insert(U.Object);
  for (StringId Object : Public)
    Private.erase(Object);
  // What several were made with is private if all of them are.
  for (const ContextUse &U : F.Contexts)
    if (U.K == ContextUse::Kind::Feeds && !Private.contains(U.Object))
      Public.insert(U.Fed);
  for (const ContextUse &U : F.Contexts)
    if (U.K == ContextUse::Kind::Feeds && Private.contains(U.Object) && !Public.contains(U.Fed))
      Private.insert(U.Fed);
  return Private;
}

} // namespace nettune::summary
