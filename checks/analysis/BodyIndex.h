//===- BodyIndex.h - what stands where in one body --------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Parents, order and uses of variables of one function body. Statements of the
// lambdas in it are numbered as well, since they use the function's variables;
// what an analysis reports comes from the lists, which leave lambdas out.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_BODYINDEX_H
#define NETTUNE_ANALYSIS_BODYINDEX_H

#include <clang/AST/ExprCXX.h>

#include <llvm/ADT/DenseMap.h>

#include <vector>

namespace nettune::analysis {

class BodyIndex {
public:
  explicit BodyIndex(const clang::FunctionDecl &Fn);

  /// Null for the body itself.
  const clang::Stmt *parent(const clang::Stmt &S) const { return Nodes.lookup(&S).Parent; }
  /// Numbers follow the order of the text.
  unsigned begin(const clang::Stmt &S) const { return Nodes.lookup(&S).Begin; }
  /// The highest number inside of \p S.
  unsigned end(const clang::Stmt &S) const { return Nodes.lookup(&S).End; }
  unsigned last() const { return Next; }

  /// References to a variable, and member expressions of a field.
  llvm::ArrayRef<const clang::Expr *> uses(const clang::ValueDecl &D) const;
  /// The variable or init-capture that \p E initialises.
  const clang::VarDecl *initialized(const clang::Expr &E) const { return InitOf.lookup(&E); }
  /// The outermost loop around \p S that does not hold \p Outside; null: none.
  const clang::Stmt *loopAround(const clang::Stmt &S, const clang::Stmt &Outside) const;
  /// The innermost loop around \p S in the same function.
  const clang::Stmt *innermostLoop(const clang::Stmt &S) const;
  /// The full expression or declaration that \p E is part of.
  const clang::Stmt &statementOf(const clang::Stmt &S) const;
  bool inLambda(const clang::Stmt &S) const;
  /// \p Reference stands in a lambda that has a copy of \p V, and means that.
  bool namesCapturedCopy(const clang::Expr &Reference, const clang::ValueDecl &V) const;
  const clang::DeclStmt *declaration(const clang::VarDecl &V) const {
    return DeclaredIn.lookup(&V);
  }

  // Outside of lambdas, in order.
  std::vector<const clang::VarDecl *> Variables;
  std::vector<const clang::LambdaExpr *> Lambdas;
  std::vector<const clang::CallExpr *> Calls;
  std::vector<const clang::CXXConstructExpr *> Constructs;
  /// Calls in lambdas, too.
  std::vector<const clang::CallExpr *> AllCalls;
  /// co_await and co_yield: everything may happen there.
  std::vector<unsigned> Suspends;

private:
  struct Node {
    const clang::Stmt *Parent = nullptr;
    unsigned Begin = 0, End = 0;
  };
  void add(const clang::Stmt *S, const clang::Stmt *Parent);
  void addChildren(const clang::Stmt &S);
  void addLambda(const clang::LambdaExpr &L);
  void list(const clang::Stmt &S);

  llvm::DenseMap<const clang::Stmt *, Node> Nodes;
  llvm::DenseMap<const clang::ValueDecl *, std::vector<const clang::Expr *>> Uses;
  llvm::DenseMap<const clang::Expr *, const clang::VarDecl *> InitOf;
  llvm::DenseMap<const clang::VarDecl *, const clang::DeclStmt *> DeclaredIn;
  unsigned Next = 0;
  unsigned LambdaDepth = 0;
};

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_BODYINDEX_H
