//===- ParameterConditions.cpp --------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/ParameterConditions.h"

#include <clang/AST/DeclCXX.h>
#include <clang/AST/ExprCXX.h>

#include <llvm/ADT/STLExtras.h>

using namespace clang;

namespace nettune::analysis {

/// Is it cheap to see what \p E is?
static bool isWritten(const Expr *E) {
  E = E->IgnoreParenImpCasts();
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
    return isWritten(Default->getExpr());
  if (const auto *U = dyn_cast<UnaryOperator>(E))
    return isWritten(U->getSubExpr()) && (U->getOpcode() == UO_Minus || U->getOpcode() == UO_LNot);
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return isWritten(Cast->getSubExpr());
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
    return isa<EnumConstantDecl>(Ref->getDecl()) || (V && V->getType().isConstQualified() && V->hasInit());
  }
  return isa<IntegerLiteral, CharacterLiteral, CXXBoolLiteralExpr, CXXNullPtrLiteralExpr, GNUNullExpr>(E);
}

std::optional<std::uint32_t> writtenConstant(const ASTContext &Ctx, const Expr &Argument) {
  QualType T = Argument.getType();
  if (Argument.isValueDependent() || !(T->isIntegralOrEnumerationType() || T->isPointerType() || T->isNullPtrType()) ||
      !isWritten(&Argument))
    return std::nullopt;
  if (!T->isIntegralOrEnumerationType())
    return Argument.isNullPointerConstant(const_cast<ASTContext &>(Ctx), Expr::NPC_ValueDependentIsNotNull) ||
                   Argument.IgnoreParenImpCasts()->isNullPointerConstant(const_cast<ASTContext &>(Ctx),
                                                                         Expr::NPC_ValueDependentIsNotNull)
               ? std::optional<std::uint32_t>(0)
               : std::nullopt;
  Expr::EvalResult Result;
  if (!Argument.EvaluateAsInt(Result, Ctx))
    return std::nullopt;
  std::optional<std::int64_t> Value = Result.Val.getInt().tryExtValue();
  if (!Value || (Result.Val.getInt().isUnsigned() && *Value < 0) || *Value != static_cast<std::int32_t>(*Value))
    return std::nullopt;
  return static_cast<std::uint32_t>(*Value);
}

/// Is each mention of \p P a reading of its value, or of a constant reference?
static bool readsOnly(const Stmt *S, const ParmVarDecl &P) {
  if (!S)
    return true;
  if (const auto *Cast = dyn_cast<ImplicitCastExpr>(S)) {
    bool Reads = Cast->getCastKind() == CK_LValueToRValue ||
                 (Cast->getCastKind() == CK_NoOp && Cast->getType().isConstQualified());
    if (Reads && isa<DeclRefExpr>(Cast->getSubExpr()->IgnoreParens()))
      return true;
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    return Ref->getDecl() != &P;
  return llvm::all_of(S->children(), [&](const Stmt *Child) { return readsOnly(Child, P); });
}

bool ParameterConditions::isOnlyRead(const ParmVarDecl &P) {
  auto [It, New] = OnlyRead.try_emplace(&P, false);
  if (!New)
    return It->second;
  bool Only = P.getType()->isScalarType() && readsOnly(Fn->getBody(), P);
  if (const auto *K = dyn_cast<CXXConstructorDecl>(Fn))
    Only = Only && llvm::all_of(K->inits(), [&](const CXXCtorInitializer *I) { return readsOnly(I->getInit(), P); });
  return It->second = Only;
}

std::optional<unsigned> ParameterConditions::ownParameter(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts());
  const auto *P = Ref && Fn ? dyn_cast<ParmVarDecl>(Ref->getDecl()) : nullptr;
  if (!P || P->getDeclContext() != Fn || !isOnlyRead(*P))
    return std::nullopt;
  return P->getFunctionScopeIndex() + 1;
}

void ParameterConditions::assumeComparison(const BinaryOperator &B, bool Truth) {
  const Expr *Left = B.getLHS(), *Right = B.getRHS();
  std::optional<std::uint32_t> Value = writtenConstant(Ctx, *Right);
  if (!Value) {
    std::swap(Left, Right);
    Value = writtenConstant(Ctx, *Right);
  }
  if (!Value)
    return;
  if (std::optional<unsigned> P = ownParameter(Left))
    Holding.push_back({*P, *Value, (B.getOpcode() == BO_EQ) == Truth});
}

void ParameterConditions::assume(const Expr *E, bool Truth) {
  if (!E || !Fn || E->isTypeDependent())
    return;
  E = E->IgnoreImplicit()->IgnoreParenImpCasts();
  if (const auto *U = dyn_cast<UnaryOperator>(E)) {
    if (U->getOpcode() == UO_LNot)
      assume(U->getSubExpr(), !Truth);
    return;
  }
  const auto *B = dyn_cast<BinaryOperator>(E);
  if (B && B->getOpcode() == (Truth ? BO_LAnd : BO_LOr)) {
    assume(B->getLHS(), Truth);
    assume(B->getRHS(), Truth);
  } else if (B && B->isEqualityOp()) {
    assumeComparison(*B, Truth);
  } else if (std::optional<unsigned> P = B ? std::nullopt : ownParameter(E)) {
    Holding.push_back({*P, 0, !Truth});
  }
}

} // namespace nettune::analysis
