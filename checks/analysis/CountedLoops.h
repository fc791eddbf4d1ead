//===- CountedLoops.h - how often code runs ---------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_COUNTEDLOOPS_H
#define NETTUNE_ANALYSIS_COUNTEDLOOPS_H

#include "analysis/ConstantEval.h"

#include <clang/AST/StmtCXX.h>

namespace nettune::analysis {

struct LoopCount {
  Quantity Times;
  const clang::Expr *Bound;
  /// Below 0 there is no round: nothing wraps.
  bool Signed = false;
};

/// The number of rounds of `for (i = 0; i < n; ++i)` and of a range-for over a
/// container of known size; empty if it cannot be known.
std::optional<LoopCount> loopCount(ConstantEval &Constants, const clang::Stmt &Loop);

/// A for with a comparison, or over a range: it ends by itself.
bool isCounted(const clang::Stmt &Loop);

/// `!started_`, `!thread_.joinable()`: true once in the life of an object.
bool asksOnce(const clang::Expr &Condition);

/// Something in \p Scope compares a number that outlives it, or a size, with a
/// limit, or waits for a semaphore.
bool testsLimit(const clang::Stmt &Scope);

/// The body of a test of GoogleTest, Catch2 or Boost.Test.
bool isTestBody(const clang::FunctionDecl &Fn, const clang::ASTContext &Ctx);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_COUNTEDLOOPS_H
