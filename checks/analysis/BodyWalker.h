//===- BodyWalker.h - the facts of one function body ------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_BODYWALKER_H
#define NETTUNE_ANALYSIS_BODYWALKER_H

#include "analysis/CallFacts.h"

#include <clang/AST/StmtCXX.h>

#include <optional>

namespace nettune::analysis {

/// Walks one body, the initialisers of a constructor included. Lambdas inside
/// are functions of their own and are walked on the way.
class BodyWalker {
public:
  /// \p Fn has a body. A coroutine's, override's or annotated function's root is
  /// written down as well.
  static void walkFunction(Extraction &X, const clang::FunctionDecl &Fn);
  /// The initialiser of a namespace-scope variable, or a field's default.
  static void walkInitializer(Extraction &X, const clang::ValueDecl &D, const clang::Expr &Init);

private:
  BodyWalker(Extraction &X, summary::FunctionId In, const clang::FunctionDecl *Fn)
      : X(X), In(In), Fn(Fn), Calls(X, In, Fn) {}

  void walk(const clang::Stmt *S);
  void walkChildren(const clang::Stmt &S);
  void walkInsideLoop(const clang::Stmt &Loop, std::initializer_list<const clang::Stmt *> Parts);
  void walkDiscarded(const clang::Expr &E);
  bool walkDefault(const clang::Stmt &S);
  bool walkLoop(const clang::Stmt &S);
  void walkDeclarations(const clang::DeclStmt &S);
  void walkVariable(const clang::VarDecl &V);
  void walkOnce(const clang::VarDecl &V, const clang::Expr &Init);
  void walkLambda(const clang::LambdaExpr &L);
  void walkConstructor(const clang::CXXConstructorDecl &K);
  void walkInitList(const clang::InitListExpr &I);
  void walkReturn(const clang::Expr *Value);
  bool walkIf(const clang::Stmt &S);
  bool walkKnownIf(const clang::IfStmt &If);
  bool walkBranches(const clang::Stmt &S);
  void walkUnder(const clang::Expr *Condition, bool Truth, const clang::Stmt *S);
  void walkElsewhere(llvm::ArrayRef<const clang::Stmt *> Statements);
  std::optional<bool> known(const clang::Expr *Condition) const;

  Extraction &X;
  summary::FunctionId In;
  const clang::FunctionDecl *Fn; ///< null in an initializer
  CallFacts Calls;
  const clang::Stmt *Body = nullptr; ///< of the whole function
  summary::LoopNest Loops;
  std::uint16_t NextLoop = 0;
};

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_BODYWALKER_H
