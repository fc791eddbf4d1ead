//===- CoreClamp.cpp ------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/CoreClamp.h"

#include <clang/Lex/Lexer.h>

#include <algorithm>
#include <cmath>

using namespace clang;

namespace nettune::analysis {

std::string atZero(const Quantity &Q, ASTContext &Ctx) {
  QualType T = Q.Arithmetic->getType();
  double Value = Q.at(0);
  if (Value < 0 && Q.PerCore < 1)
    return "a huge number"; // what wrapped was divided
  if (Value >= 0 || !T->isUnsignedIntegerType())
    return std::to_string(static_cast<std::int64_t>(Value));
  llvm::APInt Wrapped(64, static_cast<std::uint64_t>(static_cast<std::int64_t>(Value)));
  return llvm::toString(Wrapped.trunc(unsigned(Ctx.getTypeSize(T))), 10, /*Signed=*/false);
}

unsigned fewestCores(const Quantity &Q, bool Pool) {
  double Threads = Pool ? 1 : 0;
  return static_cast<unsigned>(std::max(1.0, std::ceil((Threads - Q.Constant) / Q.PerCore)));
}

/// Is std::max declared: a fix that needs another header is no fix.
static bool hasMax(ASTContext &Ctx) {
  for (const NamedDecl *D : Ctx.getTranslationUnitDecl()->lookup(&Ctx.Idents.get("std")))
    if (const auto *Std = dyn_cast<NamespaceDecl>(D))
      return !Std->lookup(&Ctx.Idents.get("max")).empty();
  return false;
}

/// The count is \p Arithmetic and nothing around it: what wraps there, or becomes 0,
/// is all that there is to repair.
static bool isWhole(const Quantity &Q, const BinaryOperator &Arithmetic, ASTContext &Ctx) {
  bool CoresLeft = Arithmetic.getLHS()->IgnoreParenImpCasts() == Q.Cores;
  Expr::EvalResult Other;
  if (!(CoresLeft ? Arithmetic.getRHS() : Arithmetic.getLHS())->EvaluateAsInt(Other, Ctx))
    return false;
  double Number = Other.Val.getInt().roundToDouble();
  if (Arithmetic.getOpcode() == BO_Sub)
    return Q.PerCore == 1 && Q.Constant == -Number;
  return Q.Constant == 0 && Q.PerCore == (Arithmetic.getOpcode() == BO_Div ? 1 / Number : Number);
}

std::optional<summary::Edit> clampCores(Entities &E, const Quantity &Q, bool Pool) {
  const BinaryOperator &Arithmetic = *Q.Arithmetic;
  const CallExpr &Cores = *Q.Cores;
  ASTContext &Ctx = E.context();
  const Expr *Left = Arithmetic.getLHS()->IgnoreParenImpCasts();
  const Expr *Right = Arithmetic.getRHS()->IgnoreParenImpCasts();
  QualType Unsigned = Ctx.UnsignedIntTy;
  if ((Left != &Cores && Right != &Cores) || !isWhole(Q, Arithmetic, Ctx) || !hasMax(Ctx) ||
      !Ctx.hasSameUnqualifiedType(Cores.getType(), Unsigned))
    return std::nullopt;
  const Expr *Wrapped = &Cores;
  unsigned Least = 1;
  if (Arithmetic.getOpcode() == BO_Div) {
    if (!Ctx.hasSameUnqualifiedType(Arithmetic.getType(), Unsigned))
      return std::nullopt;
    Wrapped = &Arithmetic;
  } else if (Arithmetic.getOpcode() == BO_Sub) {
    const auto *Taken = dyn_cast<IntegerLiteral>(Right);
    if (!Taken || Taken->getValue().ugt(1024))
      return std::nullopt;
    Least = unsigned(Taken->getValue().getZExtValue()) + (Pool ? 1 : 0);
  } else if (Arithmetic.getOpcode() != BO_Mul) {
    return std::nullopt;
  }
  SourceRange R = Wrapped->getSourceRange();
  if (R.getBegin().isMacroID() || R.getEnd().isMacroID())
    return std::nullopt;
  SourceLocation End =
      Lexer::getLocForEndOfToken(R.getEnd(), 0, Ctx.getSourceManager(), Ctx.getLangOpts());
  StringRef Text = Lexer::getSourceText(CharSourceRange::getTokenRange(R), Ctx.getSourceManager(),
                                        Ctx.getLangOpts());
  return summary::Edit{E.place(R.getBegin()), E.place(End),
                       ("std::max(" + llvm::Twine(Least) + "u, " + Text + ")").str()};
}

} // namespace nettune::analysis
