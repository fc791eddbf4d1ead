//===- MessageSize.cpp ----------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/MessageSize.h"

#include <clang/AST/RecursiveASTVisitor.h>
#include <clang/AST/StmtCXX.h>

using namespace clang;

namespace nettune::analysis {

static const Expr *conditionOf(const Stmt &Loop) {
  if (const auto *W = dyn_cast<WhileStmt>(&Loop))
    return W->getCond();
  if (const auto *D = dyn_cast<DoStmt>(&Loop))
    return D->getCond();
  if (const auto *F = dyn_cast<ForStmt>(&Loop))
    return F->getCond();
  return nullptr;
}

static bool contains(const Stmt &S, const Stmt &Part) {
  return &S == &Part ||
         llvm::any_of(S.children(), [&](const Stmt *Child) { return Child && contains(*Child, Part); });
}

/// The variable that gets what \p Read returns.
static const ValueDecl *resultOf(const Stmt &S, const Expr &Read) {
  if (const auto *D = dyn_cast<DeclStmt>(&S))
    for (const Decl *Each : D->decls())
      if (const auto *V = dyn_cast<VarDecl>(Each); V && V->getInit() && contains(*V->getInit(), Read))
        return V;
  if (const auto *B = dyn_cast<BinaryOperator>(&S))
    if (B->getOpcode() == BO_Assign && contains(*B->getRHS(), Read) && !contains(*B->getLHS(), Read))
      return namedValue(B->getLHS());
  for (const Stmt *Child : S.children())
    if (Child)
      if (const ValueDecl *Result = resultOf(*Child, Read))
        return Result;
  return nullptr;
}

static bool addsTo(const Stmt &S, const ValueDecl &Sum, const ValueDecl *Result, const Expr &Read) {
  if (const auto *B = dyn_cast<BinaryOperator>(&S))
    if (B->getOpcode() == BO_AddAssign && namedValue(B->getLHS()) == &Sum)
      return (Result && namedValue(B->getRHS()) == Result) || contains(*B->getRHS(), Read);
  return llvm::any_of(S.children(),
                      [&](const Stmt *Child) { return Child && addsTo(*Child, Sum, Result, Read); });
}

static bool isSizeOf(const Expr &E) {
  const auto *C = dyn_cast<CXXMemberCallExpr>(E.IgnoreParenImpCasts());
  const CXXMethodDecl *M = C ? C->getMethodDecl() : nullptr;
  return M && M->getDeclName().isIdentifier() && M->getName() == "size";
}

static std::optional<FrameLoop> frameIn(ConstantEval &Constants, const Expr &Condition, const Stmt &Loop,
                                        const Expr &Read) {
  const auto *B = dyn_cast<BinaryOperator>(Condition.IgnoreParenImpCasts());
  if (!B)
    return std::nullopt;
  if (B->getOpcode() == BO_LAnd) {
    if (auto Left = frameIn(Constants, *B->getLHS(), Loop, Read))
      return Left;
    return frameIn(Constants, *B->getRHS(), Loop, Read);
  }
  const Expr *Sum = B->getLHS(), *Bound = B->getRHS();
  if (B->getOpcode() == BO_GT)
    std::swap(Sum, Bound);
  else if (B->getOpcode() != BO_LT && B->getOpcode() != BO_NE)
    return std::nullopt;
  const ValueDecl *D = namedValue(Sum);
  bool Counts = isSizeOf(*Sum) || (D && addsTo(Loop, *D, resultOf(Loop, Read), Read));
  std::optional<std::int64_t> Bytes = Counts ? Constants.number(*Bound) : std::nullopt;
  if (!Bytes || *Bytes <= 0)
    return std::nullopt;
  return FrameLoop{*Bytes, Bound};
}

std::optional<FrameLoop> frameOf(ConstantEval &Constants, const Stmt &Loop, const Expr &Read) {
  const Expr *Condition = conditionOf(Loop);
  return Condition ? frameIn(Constants, *Condition, Loop, Read) : std::nullopt;
}

//===----------------------------------------------------------------------===//
// By name
//===----------------------------------------------------------------------===//

static bool namesMessageSize(const ValueDecl &D) {
  if (!D.getDeclName().isIdentifier() || !D.getType()->isIntegerType())
    return false;
  std::string Name = D.getName().lower();
  llvm::erase(Name, '_');
  auto HasAny = [&](std::initializer_list<StringRef> Parts) {
    return llvm::any_of(Parts, [&](StringRef P) { return StringRef(Name).contains(P); });
  };
  return HasAny({"message", "msg", "frame", "payload", "packet"}) && HasAny({"size", "bytes", "length"}) &&
         !HasAny({"max", "min", "limit", "header", "prefix", "trailer", "count", "buffer", "queue", "pending",
                  "total"});
}

namespace {
struct SizeFinder : RecursiveASTVisitor<SizeFinder> {
  ConstantEval &Constants;
  std::optional<MessageSize> Found;
  explicit SizeFinder(ConstantEval &Constants) : Constants(Constants) {}

  bool VisitDeclRefExpr(DeclRefExpr *E) { return ask(*E->getDecl()); }
  bool VisitMemberExpr(MemberExpr *E) { return ask(*E->getMemberDecl()); }

  bool ask(const ValueDecl &D) {
    if (!Found && namesMessageSize(D))
      if (std::optional<std::int64_t> Bytes = Constants.number(D))
        Found = MessageSize{*Bytes, &D};
    return true;
  }
};
} // namespace

std::optional<MessageSize> messageSizeBeside(ConstantEval &Constants, const Expr &Setting, const Stmt &Body) {
  SizeFinder Finder(Constants);
  if (const auto *F = dyn_cast_or_null<FieldDecl>(namedValue(&Setting)))
    for (const FieldDecl *Beside : F->getParent()->fields())
      Finder.ask(*Beside);
  if (!Finder.Found)
    Finder.TraverseStmt(const_cast<Stmt *>(&Body));
  return Finder.Found;
}

} // namespace nettune::analysis
