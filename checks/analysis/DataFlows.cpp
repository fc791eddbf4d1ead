//===- DataFlows.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// CopyFinder: where bytes come in and where they go.
//
//===----------------------------------------------------------------------===//

#include "analysis/BufferSources.h"
#include "analysis/CopyFinder.h"

#include <clang/AST/StmtCXX.h>

using namespace clang;

namespace nettune::analysis {
using namespace summary;
using model::Role;

void CopyFinder::findFlows() {
  unsigned Count = Fn.getNumParams();
  for (unsigned I = 0; I < Count; ++I)
    if (canCarryBytes(Fn.getParamDecl(I)->getType()))
      X.F.DataParameters.push_back({Id, I, Count - 1 - I, X.E.slot(*Fn.getParamDecl(I))});
  for (const VarDecl *V : Index.Variables)
    variableFlow(*V);
  for (const LambdaExpr *L : Index.Lambdas)
    for (const LambdaCapture &C : L->captures())
      if (L->isInitCapture(&C))
        if (const auto *V = dyn_cast<VarDecl>(C.getCapturedVar()))
          variableFlow(*V);
  for (const CallExpr *C : Index.Calls) {
    callFlow(*C);
    findReceived(*C);
  }
  for (const CXXConstructExpr *K : Index.Constructs)
    if (!X.E.isLibrary(*K->getConstructor()) && !K->getConstructor()->isImplicit()) {
      SmallVector<const Expr *, 4> Arguments(K->arguments());
      argumentFlow(*K->getConstructor(), Arguments);
    }
}

void CopyFinder::variableFlow(const VarDecl &V) {
  QualType T = V.getType();
  if (!V.getInit() || !(ownsBytes(T) || isView(T) || T->isReferenceType()))
    return;
  for (const ValueDecl *From : sourcesOf(V.getInit()))
    X.F.DataFlows.push_back({Id, X.E.slot(*From), X.E.slot(V)});
}

void CopyFinder::argumentFlow(const FunctionDecl &Callee, ArrayRef<const Expr *> Arguments) {
  for (unsigned I = 0; I < Arguments.size() && I < Callee.getNumParams(); ++I) {
    if (!canCarryBytes(Callee.getParamDecl(I)->getType()))
      continue;
    SlotId To = X.F.parameter(X.E.function(Callee), I);
    for (const ValueDecl *From : sourcesOf(Arguments[I]))
      X.F.DataFlows.push_back({Id, X.E.slot(*From), To});
  }
}

void CopyFinder::callFlow(const CallExpr &Call) {
  CallSite S = CallSite::of(Call);
  const auto *M = dyn_cast_or_null<CXXMethodDecl>(S.Callee);
  bool Wrapped = M && M->getOverloadedOperator() == OO_Call && !M->getParent()->isLambda() &&
                 (X.E.isLibrary(*M) || X.Flow.isWrapper(M->getParent()));
  if (S.Callee && !Wrapped) {
    if (!X.E.isLibrary(*S.Callee))
      argumentFlow(*S.Callee, S.Arguments);
    return;
  }
  AtomSet Targets = X.Flow.atoms(S.Callee ? S.Object : Call.getCallee());
  if (Targets.empty())
    return;
  for (unsigned I = 0; I < S.Arguments.size(); ++I)
    for (const ValueDecl *From : sourcesOf(S.Arguments[I]))
      X.F.DataArguments.push_back({Id, Targets, I, X.E.slot(*From)});
}

void CopyFinder::findReceived(const CallExpr &Call) {
  CallSite S = CallSite::of(Call);
  if (!S.Callee || X.Models.entries(*S.Callee).empty())
    return;
  const model::Entry *M = X.Models.match(S, Role::Payloads);
  if (!M)
    return;
  Place Where = place(Call.getExprLoc());
  if (M->Argument != model::ResultIsPayload)
    return received(S.argument(M->Argument), Where);
  received(S.Object, Where);
  const Expr *E = &Call;
  while (E && !Index.initialized(*E))
    E = dyn_cast_or_null<Expr>(Index.parent(*E));
  if (E)
    X.F.DataEntries.push_back({Id, X.E.slot(*Index.initialized(*E)), Where});
}

/// `buffer(data_, n)`, `data_.prepare(n)`: what the library's wrapper is made of.
void CopyFinder::received(const Expr *Buffer, Place Where, unsigned Depth) {
  constexpr unsigned DeepestWrapper = 4;
  if (!Buffer || Depth > DeepestWrapper)
    return;
  auto Sources = sourcesOf(Buffer);
  if (!Sources.empty())
    return X.F.DataEntries.push_back({Id, X.E.slot(*Sources.front()), Where});
  const Expr *E = bare(Buffer);
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(E))
    return received(Member->getImplicitObjectArgument(), Where, Depth + 1);
  if (const auto *C = dyn_cast<CallExpr>(E); C && C->getNumArgs() > 0)
    return received(C->getArg(0), Where, Depth + 1);
}

} // namespace nettune::analysis
