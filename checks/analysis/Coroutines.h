//===- Coroutines.h - where coroutines run ----------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A coroutine of a lazy type runs nothing when it is called: it runs where it is
// spawned, or where the coroutine that awaits it runs. After an await it goes on
// where the operation's completion token says.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_COROUTINES_H
#define NETTUNE_ANALYSIS_COROUTINES_H

#include "analysis/ModelMatcher.h"

namespace nettune::analysis {

/// The model's entry for the type that \p Fn returns, if it is one of coroutines.
const model::Entry *coroutineEntry(const ModelMatcher &Models, const clang::FunctionDecl &Fn);

/// `co_spawn(executor, session(), token)`: \p Argument is a call that makes a
/// coroutine. Null if it is anything else.
const clang::CallExpr *coroutineCall(const ModelMatcher &Models, const clang::Expr &Argument);

/// Where a coroutine goes on after it awaited an operation.
enum class Resumes { AsBefore, OnItsExecutor, OnPool };
Resumes resumesAfter(ModelMatcher &Models, const clang::Expr &Awaited);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_COROUTINES_H
