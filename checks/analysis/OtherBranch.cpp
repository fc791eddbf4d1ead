//===- OtherBranch.cpp ----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/OtherBranch.h"

#include "analysis/StatementSearch.h"

#include <clang/AST/ExprCXX.h>
#include <clang/AST/StmtCXX.h>

#include <llvm/ADT/STLExtras.h>

using namespace clang;

namespace nettune::analysis {

static const CallExpr *asCall(const Expr *E) { return dyn_cast<CallExpr>(E->IgnoreImplicit()->IgnoreParenCasts()); }

/// man 2 fork: 0 in the child.
static bool forks(const Expr *E) {
  const CallExpr *Call = E ? asCall(E) : nullptr;
  return Call && llvm::is_contained({"fork", "vfork"}, calleeName(*Call));
}

/// A call of fork(), or a variable or field that the same body gives its result.
static bool isProcess(const Expr *E, ConstantEval &Constants, const Stmt *Body) {
  if (forks(E))
    return true;
  if (const auto *B = dyn_cast<BinaryOperator>(E->IgnoreParenCasts()); B && B->getOpcode() == BO_Assign)
    return forks(B->getRHS());
  const ValueDecl *D = namedValue(E);
  if (!D)
    return false;
  if (const auto *V = dyn_cast<VarDecl>(D); V && forks(V->getInit()))
    return true;
  const auto *Type = D->getType()->getAs<TypedefType>();
  if (!Type || Type->getDecl()->getName() != "pid_t") // others are not worth the index
    return false;
  const ValueIndex::History *H = Constants.values().of(*D);
  return H && llvm::any_of(H->Assigned, [&](const Expr *Value) {
           return forks(Value) && anyInside(Body, [&](const Stmt &S) { return &S == Value; });
         });
}

/// The two sides of `==` or `!=`, however that is declared.
struct Comparison {
  const Expr *Left = nullptr, *Right = nullptr;
  bool Equal = false;
};
static Comparison comparison(const Expr *E) {
  if (const auto *B = dyn_cast<BinaryOperator>(E); B && B->isEqualityOp())
    return {B->getLHS(), B->getRHS(), B->getOpcode() == BO_EQ};
  if (const auto *R = dyn_cast<CXXRewrittenBinaryOperator>(E); R && R->isComparisonOp()) {
    auto Parts = R->getDecomposedForm();
    if (Parts.Opcode == BO_EQ || Parts.Opcode == BO_NE)
      return {Parts.LHS, Parts.RHS, Parts.Opcode == BO_EQ};
  }
  if (const auto *O = dyn_cast<CXXOperatorCallExpr>(E); O && O->getNumArgs() == 2)
    if (O->getOperator() == OO_EqualEqual || O->getOperator() == OO_ExclaimEqual)
      return {O->getArg(0), O->getArg(1), O->getOperator() == OO_EqualEqual};
  return {};
}

static bool isThisThread(const Expr *E) {
  const CallExpr *Call = asCall(E);
  return Call && llvm::is_contained({"get_id", "pthread_self", "gettid", "currentThread", "currentThreadId"},
                                    calleeName(*Call));
}

/// The condition says that the thread is the one meant; false if it says that it is not.
static std::optional<bool> saysThisThread(const Expr *E, unsigned Depth) {
  constexpr unsigned Deepest = 3; // isInLoopThread() { return owner() == ...; }
  E = E->IgnoreImplicit()->IgnoreParenImpCasts();
  if (const auto *U = dyn_cast<UnaryOperator>(E); U && U->getOpcode() == UO_LNot) {
    std::optional<bool> Inner = saysThisThread(U->getSubExpr(), Depth);
    return Inner ? std::optional(!*Inner) : std::nullopt;
  }
  if (Comparison C = comparison(E); C.Left)
    return isThisThread(C.Left) || isThisThread(C.Right) ? std::optional(C.Equal) : std::nullopt;
  const CallExpr *Call = asCall(E);
  if (!Call || Depth > Deepest)
    return std::nullopt;
  if (llvm::is_contained({"running_in_this_thread", "pthread_equal"}, calleeName(*Call)))
    return true;
  const FunctionDecl *Definition = nullptr;
  if (!Call->getDirectCallee() || !Call->getDirectCallee()->hasBody(Definition))
    return std::nullopt;
  const auto *Body = dyn_cast<CompoundStmt>(Definition->getBody());
  const auto *Only = Body && Body->size() == 1 ? dyn_cast<ReturnStmt>(Body->body_front()) : nullptr;
  return Only && Only->getRetValue() ? saysThisThread(Only->getRetValue(), Depth + 1) : std::nullopt;
}

Branch otherBranch(const IfStmt &If, ConstantEval &Constants, const Stmt *Body) {
  if (!If.getCond()) // `if consteval`
    return Branch::None;
  const Expr *Condition = If.getCond()->IgnoreImplicit()->IgnoreParenImpCasts();
  if (const auto *U = dyn_cast<UnaryOperator>(Condition); U && U->getOpcode() == UO_LNot)
    if (isProcess(U->getSubExpr(), Constants, Body))
      return Branch::Then;
  if (Comparison C = comparison(Condition); C.Left && isProcess(C.Left, Constants, Body)) {
    const auto *Zero = dyn_cast<IntegerLiteral>(C.Right->IgnoreParenImpCasts());
    if (Zero && Zero->getValue() == 0)
      return C.Equal ? Branch::Then : Branch::Else;
  }
  if (std::optional<bool> Says = saysThisThread(Condition, 0))
    return *Says ? Branch::Else : Branch::Then;
  return Branch::None;
}

bool endsInReturn(const Stmt *S) {
  if (const auto *Block = dyn_cast_or_null<CompoundStmt>(S))
    S = Block->body_empty() ? nullptr : Block->body_back();
  return isa_and_nonnull<ReturnStmt>(S);
}

} // namespace nettune::analysis
