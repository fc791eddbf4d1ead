//===- LocalAnalyses.cpp --------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/LocalAnalyses.h"

#include "analysis/Sends.h"

namespace nettune::analysis {

void analyzeLocally(Extraction &X, const clang::FunctionDecl &Fn, summary::FunctionId Id) {
  analyzeSends(X, Fn, Id);
}

} // namespace nettune::analysis
