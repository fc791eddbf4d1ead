//===- DescriptorSets.cpp -------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/DescriptorSets.h"

#include "analysis/StatementSearch.h"

#include <clang/AST/StmtCXX.h>

using namespace clang;

namespace nettune::analysis {

/// The local variable whose address is given.
static const VarDecl *localOf(const Expr &Set) {
  const auto *Address = dyn_cast<UnaryOperator>(Set.IgnoreParenCasts());
  const auto *Name = Address && Address->getOpcode() == UO_AddrOf
                         ? dyn_cast<DeclRefExpr>(Address->getSubExpr()->IgnoreParenCasts())
                         : nullptr;
  const auto *V = Name ? dyn_cast<VarDecl>(Name->getDecl()) : nullptr;
  return V && V->isLocalVarDecl() && !V->isStaticLocal() ? V : nullptr;
}

static bool names(const Stmt &S, const VarDecl &V) {
  return anyInside(&S, [&](const Stmt &Part) {
    const auto *Name = dyn_cast<DeclRefExpr>(&Part);
    return Name && Name->getDecl() == &V;
  });
}

/// What FD_SET is: `set.bits[n] |= mask`.
static bool adds(const Stmt &S, const VarDecl &Set) {
  const auto *B = dyn_cast<BinaryOperator>(&S);
  return B && B->getOpcode() == BO_OrAssign && names(*B->getLHS(), Set);
}

/// It is copied from another set, or a function gets it.
static bool givenAway(const Stmt &S, const VarDecl &Set, const Expr &Wait) {
  const auto *Call = dyn_cast<CallExpr>(&S);
  if (Call && Call != &Wait)
    return llvm::any_of(Call->arguments(), [&](const Expr *A) { return names(*A, Set); });
  const auto *B = dyn_cast<BinaryOperator>(&S);
  const auto *To = B && B->getOpcode() == BO_Assign ? dyn_cast<DeclRefExpr>(B->getLHS()->IgnoreParens()) : nullptr;
  return To && To->getDecl() == &Set;
}

static bool isLoop(const Stmt &S) { return isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S); }

bool holdsOneDescriptor(const Expr &Set, const Expr &Wait, const Stmt &Body) {
  const VarDecl *V = localOf(Set);
  if (!V || (V->getInit() && !isa<CXXConstructExpr, InitListExpr>(V->getInit()->IgnoreImplicit())))
    return false;
  unsigned Added = 0;
  bool Unclear = anyInside(&Body, [&](const Stmt &S) {
    Added += adds(S, *V);
    auto Adds = [&](const Stmt &Part) { return adds(Part, *V); };
    auto IsWait = [&](const Stmt &Part) { return &Part == &Wait; };
    return givenAway(S, *V, Wait) || (isLoop(S) && anyInside(&S, Adds) && !anyInside(&S, IsWait));
  });
  return !Unclear && Added == 1;
}

} // namespace nettune::analysis
