//===- ResultUse.h - what a function does with a value ----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Follows the result of a call, an out-parameter or a parameter through one
// body: up the expression that it stands in, into the variable that keeps it,
// from there along the control flow to the places that read it.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_RESULTUSE_H
#define NETTUNE_ANALYSIS_RESULTUSE_H

#include <clang/AST/ASTContext.h>
#include <clang/AST/ExprCXX.h>
#include <clang/Analysis/CFG.h>

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/DenseSet.h>

#include <memory>
#include <optional>

namespace nettune::analysis {

/// All uses of one value.
struct ValueUses {
  enum Use : unsigned {
    Read = 1,      ///< the program depends on it, or it cannot be followed
    ErrorTest = 2, ///< compared with -1, 0 or 1
    BoolTest = 4,  ///< a number taken for a condition
    Logged = 8,
    Added = 16, ///< added to the variable Sum
    Voided = 32,
  };
  unsigned Bits = 0;
  /// Kept in this variable.
  const clang::ValueDecl *Holder = nullptr;
  const clang::ValueDecl *Sum = nullptr;
  /// Kept in a loop whose next turn replaces it; read after the loop only.
  bool Overwritten = false;

  bool has(unsigned U) const { return Bits & U; }
  bool onlyAmong(unsigned U) const { return !(Bits & ~U); }
};

class ResultUse {
public:
  /// \p Fn has a body.
  ResultUse(clang::ASTContext &Ctx, const clang::FunctionDecl &Fn);
  ~ResultUse();

  ValueUses value(const clang::Expr &E);
  /// What \p Call writes into the variable that \p Argument names.
  ValueUses written(const clang::Expr &Argument, const clang::Expr &Call);
  ValueUses parameter(const clang::ParmVarDecl &P);

  /// Null at the body and inside lambdas at the lambda.
  const clang::Stmt *parent(const clang::Stmt *S) const { return Parents.lookup(S); }
  /// References outside of nested lambdas, in source order.
  llvm::ArrayRef<const clang::DeclRefExpr *> references(const clang::ValueDecl &D) const;
  /// A lambda of the body mentions it.
  bool captured(const clang::ValueDecl &D) const { return Captured.contains(&D); }
  /// The innermost loop statement around \p S; null: none.
  const clang::Stmt *loopAround(const clang::Stmt *S) const;

private:
  void index(const clang::Stmt &S, bool InLambda);
  void climb(const clang::Stmt *From, ValueUses &U);
  const clang::Stmt *step(const clang::Stmt *S, const clang::Stmt *P, bool &AsBool, bool &Derived,
                          ValueUses &U);
  const clang::Stmt *throughOperator(const clang::Stmt *S, const clang::BinaryOperator &B,
                                     bool AsBool, bool Derived, ValueUses &U);
  const clang::Stmt *throughCall(const clang::Stmt *S, const clang::CallExpr &C, bool &Derived,
                                 ValueUses &U);
  const clang::Stmt *throughAssignment(const clang::Stmt *S, const clang::CXXOperatorCallExpr &C,
                                       ValueUses &U);
  const clang::Stmt *intoVariable(const clang::Stmt *S, const clang::DeclStmt &D, bool AsBool,
                                  ValueUses &U);
  void keep(const clang::VarDecl &V, const clang::Stmt &Definition, ValueUses &U);
  void readAnywhere(const clang::ValueDecl &V, ValueUses &U);
  bool readAlongFlow(const clang::VarDecl &V, const clang::Stmt &Definition, ValueUses &U);
  bool escapes(const clang::ValueDecl &V) const;
  bool writes(const clang::DeclRefExpr &Ref) const;
  bool defines(const clang::Stmt &S, const clang::VarDecl &V) const;
  bool replacedInLoop(const clang::VarDecl &V, const clang::Stmt &Definition);
  const clang::CFG *flow();

  clang::ASTContext &Ctx;
  const clang::FunctionDecl &Fn;
  const clang::Stmt *Body;
  bool Coroutine;
  unsigned Depth = 0;
  llvm::DenseMap<const clang::Stmt *, const clang::Stmt *> Parents;
  llvm::DenseMap<const clang::ValueDecl *, llvm::SmallVector<const clang::DeclRefExpr *, 4>> References;
  llvm::DenseSet<const clang::ValueDecl *> Captured;
  std::optional<std::unique_ptr<clang::CFG>> Flow;
};

/// The variable that an expression names, parentheses and casts aside.
const clang::ValueDecl *namedVariable(const clang::Expr *E);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_RESULTUSE_H
