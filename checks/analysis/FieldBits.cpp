//===- FieldBits.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/FieldBits.h"

#include "analysis/StatementSearch.h"

#include <clang/Basic/SourceManager.h>

using namespace clang;

namespace nettune::analysis {

static std::uint64_t constantOf(const Expr *E, const ASTContext &Ctx) {
  Expr::EvalResult Value;
  bool Known = E && !E->isValueDependent() && E->getType()->isIntegerType() && E->EvaluateAsInt(Value, Ctx);
  return Known ? static_cast<std::uint64_t>(Value.Val.getInt().getExtValue()) : 0;
}

static const VarDecl *variable(const Expr *E) {
  const auto *Ref = E ? dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts()) : nullptr;
  return Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
}

static const VarDecl *pointee(const Expr &Pointer) {
  const auto *U = dyn_cast<UnaryOperator>(Pointer.IgnoreParenCasts());
  return U && U->getOpcode() == UO_AddrOf ? variable(U->getSubExpr()) : nullptr;
}

static std::uint64_t initialBits(const VarDecl &V, StringRef Name, const ASTContext &Ctx) {
  const auto *List = V.getInit() ? dyn_cast<InitListExpr>(V.getInit()->IgnoreImplicit()) : nullptr;
  if (List && !List->isSemanticForm() && List->getSemanticForm())
    List = List->getSemanticForm();
  const RecordDecl *R = List ? List->getType()->getAsRecordDecl() : nullptr;
  if (!R || R->isUnion())
    return 0;
  for (const FieldDecl *F : R->fields())
    if (F->getName() == Name && F->getFieldIndex() < List->getNumInits())
      return constantOf(List->getInit(F->getFieldIndex()), Ctx);
  return 0;
}

std::uint64_t lastFieldBits(const Expr &Pointer, StringRef Name, const ASTContext &Ctx) {
  const VarDecl *V = pointee(Pointer);
  const auto *Fn = V && V->isLocalVarDecl() ? dyn_cast<FunctionDecl>(V->getDeclContext()) : nullptr;
  if (!Fn || !Fn->hasBody())
    return 0;
  const SourceManager &SM = Ctx.getSourceManager();
  std::uint64_t Bits = initialBits(*V, Name, Ctx);
  anyInside(Fn->getBody(), [&](const Stmt &S) {
    const auto *B = dyn_cast<BinaryOperator>(&S);
    const auto *Field = B && B->isAssignmentOp() ? dyn_cast<MemberExpr>(B->getLHS()->IgnoreParens()) : nullptr;
    if (!Field || Field->isArrow() || !Field->getMemberDecl()->getDeclName().isIdentifier() ||
        Field->getMemberDecl()->getName() != Name || variable(Field->getBase()) != V ||
        !SM.isBeforeInTranslationUnit(B->getBeginLoc(), Pointer.getBeginLoc()))
      return false;
    if (B->getOpcode() == BO_OrAssign)
      Bits |= constantOf(B->getRHS(), Ctx);
    else
      Bits = B->getOpcode() == BO_Assign ? constantOf(B->getRHS(), Ctx) : 0;
    return false;
  });
  return Bits;
}

} // namespace nettune::analysis
