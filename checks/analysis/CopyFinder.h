//===- CopyFinder.h - copies in one function that are not needed ----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_COPYFINDER_H
#define NETTUNE_ANALYSIS_COPYFINDER_H

#include "analysis/BufferUses.h"
#include "analysis/CallFacts.h"

namespace nettune::analysis {

/// Adds the copies of one body, and where its bytes come from and go to.
class CopyFinder {
public:
  CopyFinder(Extraction &X, const clang::FunctionDecl &Fn, summary::FunctionId Id,
             BodyIndexes &Bodies, const BodyIndex &Index)
      : X(X), Out(X.Local.Copies), Fn(Fn), Id(Id), Index(Index), Uses(Bodies, Index) {}

  void run();

private:
  using Kind = summary::BufferCopy::Kind;

  // DataFlows.cpp
  void findFlows();
  void variableFlow(const clang::VarDecl &V);
  void callFlow(const clang::CallExpr &Call);
  void argumentFlow(const clang::FunctionDecl &Callee,
                    llvm::ArrayRef<const clang::Expr *> Arguments);
  void findReceived(const clang::CallExpr &Call);
  void received(const clang::Expr *Buffer, summary::Place Where, unsigned Depth = 0);

  // CopyFinder.cpp
  void local(const clang::VarDecl &V);
  void temporary(const clang::CXXConstructExpr &K);
  void constMoved(const clang::CXXConstructExpr &K);
  void elementsMoved(const clang::CallExpr &Call);
  void intoTemporary(const clang::CallExpr &Call);
  void add(summary::BufferCopy C, const clang::Expr &Source, clang::SourceLocation Where);
  void offerReference(summary::BufferCopy &C, const clang::VarDecl &V, const clang::Expr &Source);
  bool unchanged(const clang::Expr &Source, unsigned From, unsigned To);
  bool fieldUnchanged(const clang::FieldDecl &Field, unsigned From, unsigned To);
  /// \p Source, a part of \p At, is the last use of \p V.
  bool isLast(const clang::VarDecl &V, const clang::Expr &Source, const clang::Expr &At);

  // CaptureCopies.cpp
  void lambda(const clang::LambdaExpr &L);
  void capture(const clang::LambdaExpr &L, const clang::LambdaCapture &C, const clang::Expr &Init);
  void captureAtOnce(const clang::LambdaExpr &L, const clang::LambdaCapture &C,
                     const clang::Expr &Source);
  void captureLast(const clang::LambdaExpr &L, const clang::LambdaCapture &C,
                   const clang::Expr &Source);
  void captureEachTime(const clang::LambdaExpr &L, const clang::LambdaCapture &C,
                       const clang::Expr &Source);
  bool runsAtOnce(const clang::LambdaExpr &L, unsigned &Until);
  bool isHandedOff(const clang::LambdaExpr &L);
  BufferUses usesInside(const clang::LambdaExpr &L, const clang::VarDecl &V);
  void passed(const clang::CallExpr &Call);
  bool readByValue(const clang::FunctionDecl &Callee, unsigned Argument, const clang::Expr &Source);
  void kept(const clang::Expr &Argument);

  summary::Place place(clang::SourceLocation L) { return X.E.place(L); }
  std::string text(const clang::Expr &E) const;

  Extraction &X;
  summary::CopyFacts &Out;
  const clang::FunctionDecl &Fn;
  summary::FunctionId Id;
  const BodyIndex &Index;
  UseClassifier Uses;
};

/// A copy of an object of the same type: what is copied, else null.
const clang::Expr *copiedFrom(const clang::CXXConstructExpr &K);
/// Elements of a container, pointer or iterator; null: not known.
clang::QualType elementType(clang::QualType T);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_COPYFINDER_H
