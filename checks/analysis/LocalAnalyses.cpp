//===- LocalAnalyses.cpp --------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/LocalAnalyses.h"

#include "analysis/Sends.h"
#include "analysis/StreamReads.h"
#include "analysis/ThreadCounts.h"

namespace nettune::analysis {

void analyzeLocally(Extraction &X, const clang::FunctionDecl &Fn, summary::FunctionId Id) {
  analyzeCopies(X, Fn, Id);
  analyzeThreads(X, Fn, Id);
  analyzeReads(X, Fn, Id);
  analyzeSends(X, Fn, Id);
}

void analyzeInitializer(Extraction &X, const clang::ValueDecl &, const clang::Expr &Init,
                        summary::FunctionId Id) {
  analyzeThreads(X, Init, Id);
}

} // namespace nettune::analysis
