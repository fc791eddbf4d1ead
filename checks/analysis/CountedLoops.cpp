//===- CountedLoops.cpp ---------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/CountedLoops.h"

#include "analysis/StatementSearch.h"

#include <clang/Basic/SourceManager.h>
#include <clang/Lex/Lexer.h>

using namespace clang;

namespace nettune::analysis {

/// The variable that the loop counts up from a constant, and that constant.
static const VarDecl *countedUp(ConstantEval &Constants, const ForStmt &F, double &From) {
  const auto *Increment = dyn_cast_or_null<UnaryOperator>(F.getInc());
  const auto *D = dyn_cast_or_null<DeclStmt>(F.getInit());
  const auto *V = D && D->isSingleDecl() ? dyn_cast<VarDecl>(D->getSingleDecl()) : nullptr;
  if (!V || !V->getInit() || !Increment || !Increment->isIncrementOp() ||
      namedValue(Increment->getSubExpr()) != V)
    return nullptr;
  std::optional<std::int64_t> Start = Constants.number(*V->getInit());
  if (!Start)
    return nullptr;
  From = double(*Start);
  return V;
}

static std::optional<LoopCount> forCount(ConstantEval &Constants, const ForStmt &F) {
  double From = 0;
  const VarDecl *V = countedUp(Constants, F, From);
  const auto *C = F.getCond() ? dyn_cast<BinaryOperator>(F.getCond()->IgnoreParenImpCasts()) : nullptr;
  if (!V || !C)
    return std::nullopt;
  bool Less = C->getOpcode() == BO_LT || C->getOpcode() == BO_NE;
  if ((!Less && C->getOpcode() != BO_LE) || namedValue(C->getLHS()) != V)
    return std::nullopt;
  std::optional<Quantity> Times = Constants.evaluate(*C->getRHS());
  if (!Times)
    return std::nullopt;
  double Shift = (Less ? 0 : 1) - From;
  Times->Constant += Shift;
  Times->AtLeast += Shift;
  Times->AtMost += Shift;
  bool Signed = C->getRHS()->getType()->isSignedIntegerType() && C->getOpcode() != BO_NE;
  return LoopCount{*Times, C->getRHS(), Signed};
}

std::optional<LoopCount> loopCount(ConstantEval &Constants, const Stmt &Loop) {
  if (const auto *F = dyn_cast<ForStmt>(&Loop))
    return forCount(Constants, *F);
  const auto *R = dyn_cast<CXXForRangeStmt>(&Loop);
  if (!R || !R->getRangeInit())
    return std::nullopt;
  if (std::optional<Quantity> Times = Constants.elements(*R->getRangeInit()))
    return LoopCount{*Times, R->getRangeInit()};
  return std::nullopt;
}

bool isCounted(const Stmt &Loop) {
  if (isa<CXXForRangeStmt>(Loop))
    return true;
  const auto *F = dyn_cast<ForStmt>(&Loop);
  const auto *C = F && F->getCond() ? dyn_cast<BinaryOperator>(F->getCond()->IgnoreParenImpCasts()) : nullptr;
  return C && (C->isRelationalOp() || C->getOpcode() == BO_NE);
}

static const ValueDecl *outliving(const Expr &E) {
  const ValueDecl *D = namedValue(&E);
  const auto *V = dyn_cast_or_null<VarDecl>(D);
  return D && (!V || V->hasGlobalStorage()) ? D : nullptr;
}

bool asksOnce(const Expr &Condition) {
  const Expr *E = Condition.IgnoreParenImpCasts();
  if (const auto *B = dyn_cast<BinaryOperator>(E); B && B->isLogicalOp())
    return asksOnce(*B->getLHS()) || asksOnce(*B->getRHS());
  const auto *Not = dyn_cast<UnaryOperator>(E);
  if (!Not || Not->getOpcode() != UO_LNot)
    return false;
  const Expr *Asked = Not->getSubExpr()->IgnoreParenImpCasts();
  if (const auto *C = dyn_cast<CXXMemberCallExpr>(Asked))
    Asked = C->getImplicitObjectArgument();
  else if (const auto *O = dyn_cast<CXXOperatorCallExpr>(Asked); O && O->getNumArgs() > 0)
    Asked = O->getArg(0);
  return outliving(*Asked) != nullptr;
}

/// A number that other code changes too: a field, a global, an atomic, a size.
static bool isLevel(const Expr &Written) {
  const Expr *E = Written.IgnoreParenImpCasts();
  if (const auto *C = dyn_cast<CXXMemberCallExpr>(E)) {
    const CXXMethodDecl *M = C->getMethodDecl();
    if (M && isa<CXXConversionDecl>(M))
      return true; // of an atomic
    return M && M->getDeclName().isIdentifier() &&
           (M->getName() == "size" || M->getName() == "load" || M->getName().contains("count"));
  }
  const ValueDecl *D = outliving(*E);
  return D && D->getType()->isIntegerType() && !D->getType().isConstQualified();
}

static bool isZeroOrLess(const Expr &Written) {
  const Expr *E = Written.IgnoreParenImpCasts();
  if (const auto *U = dyn_cast<UnaryOperator>(E))
    return U->getOpcode() == UO_Minus;
  const auto *L = dyn_cast<IntegerLiteral>(E);
  return L && L->getValue() == 0;
}

static bool waitsForSemaphore(const CallExpr &C) {
  const FunctionDecl *Fn = C.getDirectCallee();
  if (!Fn || !Fn->getDeclName().isIdentifier())
    return false;
  return llvm::is_contained({"acquire", "try_acquire", "sem_wait", "sem_trywait"}, Fn->getName());
}

static bool asksForRoom(const Stmt &S) {
  const auto *B = dyn_cast<BinaryOperator>(&S);
  if (!B || !B->isRelationalOp())
    return false;
  bool Less = B->getOpcode() == BO_LT || B->getOpcode() == BO_LE;
  bool Left = isLevel(*B->getLHS()), Right = isLevel(*B->getRHS());
  bool Room = (!Left && !Right) || (Less ? Left : Right);
  return Room && !isZeroOrLess(*B->getLHS()) && !isZeroOrLess(*B->getRHS());
}

/// `room.wait(lock, [&] { return active < most; })`
static bool waitsForRoom(const CallExpr &C) {
  const FunctionDecl *Fn = C.getDirectCallee();
  if (!Fn || !Fn->getDeclName().isIdentifier() || !Fn->getName().starts_with("wait"))
    return false;
  return llvm::any_of(C.arguments(), [](const Expr *A) {
    const auto *L = dyn_cast<LambdaExpr>(A->IgnoreImplicit()->IgnoreParenImpCasts());
    return L && anyInside(L->getBody(), asksForRoom);
  });
}

bool testsLimit(const Stmt &Scope) {
  if (isa<LambdaExpr>(Scope))
    return false;
  if (const auto *C = dyn_cast<CallExpr>(&Scope); C && (waitsForSemaphore(*C) || waitsForRoom(*C)))
    return true;
  if (const auto *B = dyn_cast<BinaryOperator>(&Scope); B && B->isRelationalOp()) {
    bool Left = isLevel(*B->getLHS()) && !isZeroOrLess(*B->getRHS());
    bool Right = isLevel(*B->getRHS()) && !isZeroOrLess(*B->getLHS());
    if (Left || Right)
      return true;
  }
  return llvm::any_of(Scope.children(), [](const Stmt *Child) { return Child && testsLimit(*Child); });
}

bool isTestBody(const FunctionDecl &Fn, const ASTContext &Ctx) {
  const SourceManager &SM = Ctx.getSourceManager();
  for (const DeclContext *C = &Fn; C; C = C->getParent())
    for (SourceLocation L = cast<Decl>(C)->getLocation(); L.isMacroID(); L = SM.getImmediateMacroCallerLoc(L)) {
      StringRef Name = Lexer::getImmediateMacroName(L, SM, Ctx.getLangOpts());
      Name.consume_front("BOOST_AUTO_");
      Name.consume_front("BOOST_FIXTURE_");
      if (Name.starts_with("TEST") || Name == "SCENARIO")
        return true;
    }
  return false;
}

} // namespace nettune::analysis
