//===- ThreadCounts.h - how many threads a body makes -----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_THREADCOUNTS_H
#define NETTUNE_ANALYSIS_THREADCOUNTS_H

#include "analysis/CallFacts.h"

namespace nettune::analysis {

/// The counts that pools are given, the counted loops that make threads, and the
/// statements that make one thread each time.
void analyzeThreads(Extraction &X, const clang::FunctionDecl &Fn, summary::FunctionId Id);
/// The same for an initialiser outside of functions.
void analyzeThreads(Extraction &X, const clang::Expr &Init, summary::FunctionId Id);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_THREADCOUNTS_H
