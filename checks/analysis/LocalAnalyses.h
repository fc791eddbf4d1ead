//===- LocalAnalyses.h - analyses of one body -------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_LOCALANALYSES_H
#define NETTUNE_ANALYSIS_LOCALANALYSES_H

#include "analysis/CallFacts.h"

namespace nettune::analysis {

/// Adds to X.Local what the body of \p Fn says by itself. Called once for each
/// function with a body in user code, a lambda's call operator included, and for
/// each instantiation of a template: findings of one place are merged later. An
/// analysis does not enter the lambdas of the body.
void analyzeLocally(Extraction &X, const clang::FunctionDecl &Fn, summary::FunctionId Id);
/// The same for the initialiser of a variable outside of functions, or a field.
void analyzeInitializer(Extraction &X, const clang::ValueDecl &D, const clang::Expr &Init,
                        summary::FunctionId Id);

/// Copies of received data (summary/CopyFacts.h).
void analyzeCopies(Extraction &X, const clang::FunctionDecl &Fn, summary::FunctionId Id);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_LOCALANALYSES_H
