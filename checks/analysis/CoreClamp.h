//===- CoreClamp.h - arithmetic on a number of cores ------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_CORECLAMP_H
#define NETTUNE_ANALYSIS_CORECLAMP_H

#include "analysis/ConstantEval.h"
#include "analysis/Entities.h"
#include "summary/Edit.h"

namespace nettune::analysis {

/// What the arithmetic of \p Q gives for 0 cores, in the type that it has.
std::string atZero(const Quantity &Q, clang::ASTContext &Ctx);

/// The fewest cores for which the arithmetic does not wrap and, of a pool, gives a thread.
unsigned fewestCores(const Quantity &Q, bool Pool);

/// Makes the arithmetic of \p Q right for 0 cores by std::max, and leaves it as it
/// is for any other number: save that a pool (\p Pool) gets at least one thread.
/// Empty if the count is more than one operation on the cores, or std::max is not there.
std::optional<summary::Edit> clampCores(Entities &E, const Quantity &Q, bool Pool);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_CORECLAMP_H
