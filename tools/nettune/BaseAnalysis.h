//===- BaseAnalysis.h - the findings of another commit ----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_BASEANALYSIS_H
#define NETTUNE_TOOLS_BASEANALYSIS_H

#include "Analysis.h"
#include "Git.h"

namespace nettune::cli {

/// The program of \p Head as it was before \p Since: TUs that no changed file went into
/// are taken over, the others are analysed with the commands that they have now. With
/// ways. TUs that have gone are compiled as their neighbours are.
llvm::Expected<Analysis> analyseBase(const Analysis &Head, const AnalysisRequest &R, const Changes &Since);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_BASEANALYSIS_H
