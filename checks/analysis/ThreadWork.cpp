//===- ThreadWork.cpp -----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/ThreadWork.h"

#include "analysis/EntityNames.h"

#include <clang/AST/RecursiveASTVisitor.h>

using namespace clang;

namespace nettune::analysis {
using model::Pool;
using model::Role;

namespace {

/// The function that an argument hands over: a lambda, `f`, `&C::m`, also inside
/// of a bind expression.
const FunctionDecl *handedOver(const Stmt &S) {
  if (const auto *L = dyn_cast<LambdaExpr>(&S))
    return L->getCallOperator();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(&S)) {
    if (const auto *Fn = dyn_cast<FunctionDecl>(Ref->getDecl()))
      return Fn;
    const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
    const auto *R = V ? V->getType().getNonReferenceType()->getAsCXXRecordDecl() : nullptr;
    return R && R->isLambda() ? R->getLambdaCallOperator() : nullptr;
  }
  const Stmt *Skipped = nullptr; // the callee of bind(f) is not what is bound
  if (const auto *C = dyn_cast<CallExpr>(&S))
    Skipped = C->getCallee();
  for (const Stmt *Child : S.children())
    if (Child && Child != Skipped)
      if (const FunctionDecl *Fn = handedOver(*Child))
        return Fn;
  return nullptr;
}

class WorkVisitor : public RecursiveASTVisitor<WorkVisitor> {
public:
  explicit WorkVisitor(Extraction &X) : X(X) {}
  bool RunsLoop = false, Waits = false, Unseen = false;

  bool TraverseLambdaExpr(LambdaExpr *) { return true; }

  void enter(const FunctionDecl &Fn) {
    constexpr unsigned DeepestCall = 4;
    const FunctionDecl *Definition = nullptr;
    if (X.E.isLibrary(Fn)) {
      library(Fn);
    } else if (!Fn.hasBody(Definition) || Depth == DeepestCall) {
      Unseen = true;
    } else if (Entered.insert(Definition).second) {
      ++Depth;
      TraverseStmt(Definition->getBody());
      --Depth;
    }
  }

  bool VisitCallExpr(CallExpr *C) {
    CallSite S = CallSite::of(*C);
    if (!S.Callee)
      return Unseen = true;
    RunsLoop |= X.Models.match(S, Role::Loops) != nullptr;
    Waits |= X.Models.match(S, Role::Blocking) != nullptr;
    if (S.Virtual)
      Unseen = true;
    else
      enter(*S.Callee);
    return true;
  }

private:
  /// The standard library computes, where no model says that it waits; what others do is not known.
  void library(const FunctionDecl &Fn) {
    const auto *M = dyn_cast<CXXMethodDecl>(&Fn);
    if (M && M->getDeclName().isIdentifier() && M->getName() == "run")
      RunsLoop = true; // of an event loop, whatever the library
    else if (!Fn.isInStdNamespace() && !Fn.getBuiltinID())
      Unseen = true;
  }

  Extraction &X;
  unsigned Depth = 0;
  llvm::DenseSet<const FunctionDecl *> Entered;
};

} // namespace

const FunctionDecl *workFunction(const CallSite &Site) {
  for (const Expr *A : Site.Arguments)
    if (const FunctionDecl *Fn = handedOver(*A))
      return Fn;
  return nullptr;
}

std::optional<Pool> workOf(Extraction &X, const CallSite &Site) {
  const FunctionDecl *Fn = workFunction(Site);
  if (!Fn)
    return std::nullopt;
  WorkVisitor Work(X);
  Work.enter(*Fn);
  if (Work.RunsLoop)
    return Pool::Loop;
  if (Work.Waits)
    return Pool::Blocking;
  return Work.Unseen ? std::nullopt : std::optional(Pool::Compute);
}

} // namespace nettune::analysis
