//===- CallLeaves.cpp - which calls wait ----------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/CallFacts.h"

#include "analysis/CallNames.h"
#include "analysis/EntityNames.h"
#include "analysis/FunctionEffects.h"
#include "analysis/StatementSearch.h"

using namespace clang;

namespace nettune::analysis {
using model::Entry;
using model::Role;

bool CallFacts::annotatedBlocking(const Site &S) {
  const FunctionDecl &Fn = *S.Call.Callee;
  bool Annotated = hasAnnotation(Fn, "nettune::may_block") || effectOf(Fn) == Effect::Blocking;
  if (Annotated) {
    F.Sites.push_back({.In = In,
                       .Api = F.string(qualifiedName(Fn)),
                       .Instead = 0,
                       .Waits = model::Category::Wait,
                       .G = model::Grade::Always,
                       .Annotated = true,
                       .UnlessNonblocking = 0,
                       .Loops = S.Loops,
                       .Where = X.E.place(S.Call.Where)});
  }
  return Annotated;
}

void CallFacts::blocking(const Site &S, bool Guarded) {
  const Entry *M = X.Models.match(S.Call, Role::Blocking, Guarded);
  if (!M)
    return;
  const ParmVarDecl *Timeout = X.Models.zeroTestedParameter(*M, S.Call);
  const auto *Owner = Timeout ? dyn_cast<FunctionDecl>(Timeout->getDeclContext()) : nullptr;
  if (!Owner || X.E.function(*Owner) != S.In)
    Timeout = nullptr; // a lambda's capture
  if (Timeout)
    F.ParameterConditions.push_back({S.In, Timeout->getFunctionScopeIndex() + 1, 0, /*Equal=*/false, X.E.place(S.Call.Where)});
  F.Sites.push_back(
      {.In = S.In,
       .Api = F.string(printedName(S.Call, X.E.context())),
       .Instead = F.string(M->Instead),
       .Waits = M->Waits,
       .G = M->G,
       .Annotated = false,
       .UnlessNonblocking = ModelMatcher::needsBlockingFd(*M) ? F.string(M->Library) : 0,
       .Loops = S.Loops,
       .Where = X.E.place(S.Call.Where)});
}

/// A function of the project that asks first and says what it found: `wait_readable(fd)`.
bool CallFacts::calledGuard() const {
  return llvm::any_of(Called, [&](const FunctionDecl *Fn) {
    return !Fn->getReturnType()->isVoidType() && anyInside(Fn->getBody(), [&](const Stmt &S) {
      const auto *Call = dyn_cast<CallExpr>(&S);
      return Call && X.Models.match(CallSite::of(*Call), Role::Guards);
    });
  });
}

/// `if (fds.empty()) return select(0, 0, 0, 0, &timeout);` before the select: what the
/// loop's wait does while there is nothing to wait for.
bool CallFacts::isLoopsOwnWait(const Site &S, const Stmt *Body) const {
  auto MayWait = [](const Entry *M) { return M->R == Role::Loops; };
  return llvm::any_of(X.Models.entries(*S.Call.Callee), MayWait) &&
         llvm::any_of(OwnWaits, [&](const Expr *W) { return areAlternatives(Body, *S.Call.Whole, *W); });
}

void CallFacts::finish(const Stmt *Body) {
  if (!SawGuard && !MayBlock.empty())
    SawGuard = calledGuard();
  for (const Site &S : MayBlock)
    if (!isLoopsOwnWait(S, Body))
      blocking(S, SawGuard);
  MayBlock.clear();
}

} // namespace nettune::analysis
