//===- OtherBranch.h - branches that the caller does not run ----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_OTHERBRANCH_H
#define NETTUNE_ANALYSIS_OTHERBRANCH_H

#include "analysis/ConstantEval.h"

#include <clang/AST/Stmt.h>

namespace nettune::analysis {

enum class Branch { None, Then, Else };

/// The branch of an if in \p Body that another process runs, `if (fork() == 0)`, or another thread than that of
/// the loop: `if (isInLoopThread()) run(); else queue();`.
Branch otherBranch(const clang::IfStmt &If, ConstantEval &Constants, const clang::Stmt *Body);

/// Nothing after it is reached from it.
bool endsInReturn(const clang::Stmt *S);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_OTHERBRANCH_H
