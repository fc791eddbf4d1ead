//===- ThreadBounds.h - what bounds the threads of a loop -------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_THREADBOUNDS_H
#define NETTUNE_ANALYSIS_THREADBOUNDS_H

#include "analysis/CallFacts.h"

#include <clang/AST/StmtCXX.h>

namespace nettune::analysis {

/// `if (!gate.try_enter()) { close(fd); continue; }` in \p Scope: something that is
/// not the connection refuses it.
bool refusesConnections(const clang::Stmt &Scope);

/// `gate.try_enter()`, as a condition to make a thread.
bool takesSlot(const clang::Expr &Condition);

/// The thread at \p Made is assigned to a variable that \p Loop joins before: at most
/// one at a time.
bool isJoinedFirst(const clang::Stmt &Loop, const clang::Expr &Made);

/// How many of \p Loops, the innermost ones, are left right after \p Made.
unsigned loopsLeftAfter(const clang::Stmt &Body, llvm::ArrayRef<const clang::Stmt *> Loops, const clang::Expr &Made);

/// The counted loop runs for each of the events that a call in \p Around waited for.
bool countsEvents(Extraction &X, const clang::Stmt &Counted, const clang::Stmt &Around);

/// The thread that makes others calls what \p Site gives them to run, or a part of it.
bool callerWorksToo(const clang::Stmt &Body, const CallSite &Site);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_THREADBOUNDS_H
