//===- Diff.h - what a change makes new -------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TOOLS_DIFF_H
#define NETTUNE_TOOLS_DIFF_H

#include "Analysis.h"
#include "Git.h"

namespace nettune::cli {

/// Marks what the base has, too, as unchanged: by fingerprint, or as the one finding of
/// its kind that went where another came. A call or registration by which loop code newly
/// comes to an old site is added as a finding of its own, at that place. \p A is to be
/// analysed with ways. What could not be analysed of the base is told in \p Warning.
llvm::Error markNew(Analysis &A, const AnalysisRequest &R, const Changes &Since, std::string &Warning);

/// The same where only lines count: new is what stands, with any step of its path, in a
/// changed line.
void markNewByLines(Analysis &A, const Changes &Since);

} // namespace nettune::cli

#endif // NETTUNE_TOOLS_DIFF_H
