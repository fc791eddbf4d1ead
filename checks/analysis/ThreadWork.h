//===- ThreadWork.h - what a thread does ------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_ANALYSIS_THREADWORK_H
#define NETTUNE_ANALYSIS_THREADWORK_H

#include "analysis/CallFacts.h"

namespace nettune::analysis {

/// The function that \p Site gives to its thread; null: not known.
const clang::FunctionDecl *workFunction(const CallSite &Site);

/// What a thread does that is made by \p Site with a function of the TU: runs an
/// event loop, waits, or only computes. Empty if a part of its code is not seen.
std::optional<model::Pool> workOf(Extraction &X, const CallSite &Site);

} // namespace nettune::analysis

#endif // NETTUNE_ANALYSIS_THREADWORK_H
