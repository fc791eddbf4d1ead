//===- TuExtractor.h - one pass over a TU -----------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_TUEXTRACTOR_H
#define NETTUNE_ANALYSIS_TUEXTRACTOR_H

#include "analysis/CallFacts.h"

namespace nettune::analysis {

class TuExtractor {
public:
  /// All facts of the TU's user code: what stands outside of system headers. In
  /// clangd that is the main file, elsewhere the whole TU. Files under \p Root, if
  /// it is not empty, are named relative to it.
  static summary::TuSummary extract(clang::ASTContext &Ctx, const model::ApiModel &Model,
                                    llvm::StringRef Root);

  /// A class inside a function: the declaration visitor does not enter bodies.
  static void extractLocalClass(Extraction &X, const clang::CXXRecordDecl &R);
};

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_TUEXTRACTOR_H
