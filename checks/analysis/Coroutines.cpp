//===- Coroutines.cpp -----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/Coroutines.h"

#include "analysis/EntityNames.h"

using namespace clang;

namespace nettune::analysis {
using model::Condition;
using model::Entry;
using model::Role;

const Entry *coroutineEntry(const ModelMatcher &Models, const FunctionDecl &Fn) {
  const auto *R = Fn.getReturnType()->getAsCXXRecordDecl();
  if (!R)
    return nullptr;
  for (const Entry *E : Models.model().type(qualifiedName(*R)))
    if (E->R == Role::HandlerCoroutines)
      return E;
  return nullptr;
}

/// What \p E is without the temporaries and the move around it.
static const Expr *bare(const Expr &E) {
  const Expr *Bare = E.IgnoreImplicit()->IgnoreParenImpCasts();
  if (const auto *Moved = dyn_cast<CXXConstructExpr>(Bare); Moved && Moved->getNumArgs() == 1)
    Bare = Moved->getArg(0)->IgnoreImplicit()->IgnoreParenImpCasts();
  return Bare;
}

const CallExpr *coroutineCall(const ModelMatcher &Models, const Expr &Argument) {
  const auto *Call = dyn_cast<CallExpr>(bare(Argument));
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  return Callee && coroutineEntry(Models, *Callee) ? Call : nullptr;
}

Resumes resumesAfter(ModelMatcher &Models, const Expr &Awaited) {
  const auto *Call = dyn_cast<CallExpr>(bare(Awaited));
  if (!Call)
    return Resumes::AsBefore;
  CallSite Site = CallSite::of(*Call);
  if (!Site.Callee)
    return Resumes::AsBefore;
  // The token is the last argument. `post(pool, use_awaitable)` comes back: only a
  // token that is itself bound to the pool stays there.
  const Entry *Handoff = Models.match(Site, Role::Handoffs);
  auto OfToken = [&](const Condition &C) {
    return C.Argument == -1 || C.Argument + 1 == int(Site.Arguments.size());
  };
  if (Handoff && llvm::any_of(Handoff->Only, OfToken))
    return Resumes::OnPool;
  return Handoff || Models.match(Site, Role::Handlers) ? Resumes::OnItsExecutor : Resumes::AsBefore;
}

} // namespace nettune::analysis
